package rules.replication.container_standby_test

import data.rules.replication.container_standby

_host(type) := {
	"host": {"name": "pve1"},
	"guests": [{"vmid": 100, "type": "lxc", "local": true}, {"vmid": 200, "type": type, "local": false}],
	"cluster": {"replication": [
		{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}]},
		{"type": "local", "id": "200-0", "properties": [{"key": "target", "value": "pve1"}]},
	]},
}

test_fires_on_the_copy_of_a_container if {
	container_standby.findings == {{"at": ["/cluster/replication/1"], "vars": {"jobs": "200-0"}}} with input as _host("lxc")
}

test_silent_on_the_copy_of_a_virtual_machine if {
	count(container_standby.findings) == 0 with input as _host("qemu")
}
