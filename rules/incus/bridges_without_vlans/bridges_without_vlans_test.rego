package rules.incus.bridges_without_vlans_test

import data.rules.incus.bridges_without_vlans

_interface(name, options) := object.union({"name": name, "kind": "bridge", "ports": [], "slaves": [], "options": [], "vids": []}, options)

_host(fields) := {
	"network": {"interfaces": [_interface("vmbr0", {}), _interface("vmbr1", {"vlan_aware": true}), _interface("vmbr2", {"kind": "ovs-bridge"})], "links": []},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}]}],
}

test_cards_that_incus_refuses if {
	bridges_without_vlans.findings == {{"at": ["/guests/0/config/0"], "vars": {"cards": "100 net0"}}} with input as _host({"bridge": "vmbr0", "tag": "20"})
}

test_silent_on_cards_that_come_up if {
	every fields in [{"bridge": "vmbr0"}, {"bridge": "vmbr0", "trunks": "20;30"}, {"bridge": "vmbr1", "tag": "20"}, {"bridge": "vmbr2", "tag": "20"}, {"bridge": "vmbr0", "tag": "20", "link_down": "1"}, {"bridge": "vmbr9", "tag": "20"}] {
		count(bridges_without_vlans.findings) == 0 with input as _host(fields)
	}
}
