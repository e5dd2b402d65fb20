package rules.network.tagged_guests_test

import data.lib.network_test
import data.rules.network.tagged_guests

_guest(fields) := [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": f[0], "value": f[1]} | some f in fields]}]}]

_host(interfaces, fields) := object.union(network_test.host({"interfaces": interfaces}), {"guests": _guest(fields)})

_address := network_test.interface("eno1.5", "vlan", [], {"vlan_id": 5, "vlan_raw_device": "eno1", "addresses": [{"cidr": "192.0.2.7/24", "family": "inet"}]})

test_fires_where_the_host_has_an_address_on_the_vlan if {
	tagged_guests.findings == {{"at": ["/guests/0/config/0"], "vars": {"name": "vmbr0v5", "bridge": "vmbr0", "vlan": 5, "cards": 1}}} with input as _host(array.concat(network_test.bridged, [_address]), [["bridge", "vmbr0"], ["tag", "5"]])
}

test_silent_where_the_bridge_is_made if {
	count(tagged_guests.findings) == 0 with input as _host(network_test.bridged, [["bridge", "vmbr0"], ["tag", "5"]])
}

test_silent_without_a_tag if {
	count(tagged_guests.findings) == 0 with input as _host(array.concat(network_test.bridged, [_address]), [["bridge", "vmbr0"]])
}

test_silent_on_a_bridge_that_filters if {
	count(tagged_guests.findings) == 0 with input as _host([network_test.interface("vmbr0", "bridge", [], {"vlan_aware": true})], [["bridge", "vmbr0"], ["tag", "5"]])
}

test_silent_where_the_host_makes_the_bridge_itself if {
	vlan := network_test.interface("eno1.5", "vlan", [], {"vlan_id": 5, "vlan_raw_device": "eno1"})
	own := network_test.interface("vmbr0v5", "bridge", [], {"ports": ["eno1.5"]})
	count(tagged_guests.findings) == 0 with input as _host(array.concat(network_test.bridged, [vlan, own]), [["bridge", "vmbr0"], ["tag", "5"]])
	count(tagged_guests.findings) == 1 with input as _host(array.concat(network_test.bridged, [vlan, object.union(own, {"ports": []})]), [["bridge", "vmbr0"], ["tag", "5"]])
}
