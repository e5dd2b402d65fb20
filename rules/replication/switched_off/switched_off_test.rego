package rules.replication.switched_off_test

import data.rules.replication.switched_off

_host(local, disable) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": local, "config": []}],
	"cluster": {"replication": [{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}, {"key": "disable", "value": disable}]}]},
}

test_fires_on_a_job_that_is_off if {
	switched_off.findings == {{"at": ["/cluster/replication/0"], "vars": {"jobs": "100-0"}}} with input as _host(true, "1")
}

test_silent_on_one_that_is_on if {
	count(switched_off.findings) == 0 with input as _host(true, "0")
}

test_silent_on_another_nodes_guest if {
	count(switched_off.findings) == 0 with input as _host(false, "1")
}
