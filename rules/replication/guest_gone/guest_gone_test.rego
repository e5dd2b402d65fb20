package rules.replication.guest_gone_test

import data.rules.replication.guest_gone

_host(status) := {
	"capture": {"areas": [{"name": "guests", "status": status}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": false}],
	"cluster": {"replication": [
		{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}]},
		{"type": "local", "id": "150-1", "properties": [{"key": "target", "value": "pve2"}]},
	]},
}

test_fires_on_a_guest_that_no_node_has if {
	guest_gone.findings == {{"at": ["/cluster/replication/1"], "vars": {"jobs": "150-1"}}} with input as _host("known")
}

test_silent_where_guests_could_not_be_read if {
	count(guest_gone.findings) == 0 with input as _host("unknown")
}
