package rules.network.tagged_guests_test

import data.lib.network_test
import data.rules.network.tagged_guests

_guest(local, fields) := [{"vmid": 100, "type": "qemu", "node": "pve1", "local": local, "config": [{"key": "net0", "value": "x", "fields": [{"name": f[0], "value": f[1]} | some f in fields]}]}]

test_fires_for_a_tag_on_a_plain_bridge if {
	tagged_guests.findings == {{"at": ["/guests/0/config/0"], "vars": {"bridge": "vmbr0", "cards": 1}}} with input as object.union(network_test.host({"interfaces": network_test.bridged}), {"guests": _guest(true, [["bridge", "vmbr0"], ["tag", "5"]])})
}

test_silent_without_a_tag if {
	count(tagged_guests.findings) == 0 with input as object.union(network_test.host({"interfaces": network_test.bridged}), {"guests": _guest(true, [["bridge", "vmbr0"]])})
}

test_silent_on_a_bridge_that_filters if {
	count(tagged_guests.findings) == 0 with input as object.union(network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"vlan_aware": true})]}), {"guests": _guest(true, [["bridge", "vmbr0"], ["tag", "5"]])})
}
