package rules.cluster.vote_in_guest_test

import data.rules.cluster.vote_in_guest

_host(address) := {
	"cluster": {"qdevice": "10.0.0.5"},
	"guests": [
		{"vmid": 100, "node": "pve1", "local": true, "config": [{"key": "net0", "fields": [{"name": "bridge", "value": "vmbr0"}]}]},
		{"vmid": 105, "node": "pve2", "local": false, "config": [{"key": "hostname"}, {"key": "net0", "fields": [{"name": "ip", "value": address}]}]},
	],
}

test_fires_on_a_device_in_a_guest_of_another_node if {
	vote_in_guest.findings == {{"at": ["/cluster/qdevice", "/guests/1/config/1"], "vars": {"address": "10.0.0.5", "vmid": 105, "node": "pve2"}}} with input as _host("10.0.0.5/24")
}

test_silent_on_a_guest_beside_it if {
	count(vote_in_guest.findings) == 0 with input as _host("10.0.0.50/24")
}
