package rules.replication.incoming_test

import data.rules.replication.incoming

_host(disable) := {
	"host": {"name": "pve1"},
	"cluster": {
		"nodes": [{"name": "pve1", "id": 1}, {"name": "pve2", "id": 2}],
		"replication": [
			{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}]},
			{"type": "local", "id": "200-0", "properties": array.concat([{"key": "target", "value": "pve1"}], disable)},
		],
	},
}

test_fires_on_a_job_that_ends_here if {
	incoming.findings == {{"at": ["/cluster/replication/1"], "vars": {"jobs": "200-0"}}} with input as _host([])
}

test_silent_on_one_that_is_off if {
	count(incoming.findings) == 0 with input as _host([{"key": "disable", "value": "1"}])
}
