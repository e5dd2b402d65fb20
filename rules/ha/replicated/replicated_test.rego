package rules.ha.replicated_test

import data.rules.ha.replicated

_host(job, state) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}],
	"cluster": {
		"nodes": [{"name": "pve1", "id": 1}, {"name": "pve2", "id": 2}],
		"ha_resources": [{"type": "vm", "id": "100", "properties": [{"key": "state", "value": state}]}],
		"replication": [
			{"type": "local", "id": job, "properties": [{"key": "target", "value": "pve2"}]},
			{"type": "local", "id": "100-7", "properties": [{"key": "target", "value": "gone"}]},
		],
	},
}

test_fires_on_a_replicated_guest_in_ha if {
	replicated.findings == {{"at": ["/cluster/ha_resources/0", "/cluster/replication/0"], "vars": {"sids": "vm:100"}}} with input as _host("100-0", "started")
}

test_silent_on_the_job_of_another_guest if {
	count(replicated.findings) == 0 with input as _host("101-0", "started")
}

test_silent_where_ha_keeps_the_guest_stopped if {
	count(replicated.findings) == 0 with input as _host("100-0", "stopped")
}
