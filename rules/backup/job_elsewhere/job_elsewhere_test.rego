package rules.backup.job_elsewhere_test

import data.rules.backup.job_elsewhere

_host(node, enabled) := {
	"host": {"name": "a"},
	"capture": {"areas": [{"name": "cluster", "status": "known"}]},
	"cluster": {"nodes": [{"name": "a", "id": 1}, {"name": "b", "id": 2}, {"name": "left", "id": 0, "local": false}]},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "node", "value": node}, {"key": "enabled", "value": enabled}]}]},
}

test_fires_on_a_node_that_is_gone if {
	job_elsewhere.findings == {{"at": ["/jobs/scheduled/0/properties/0"], "vars": {"job": "x", "node": "old"}}} with input as _host("old", "1")
}

test_fires_on_a_node_that_left_its_folder if {
	count(job_elsewhere.findings) == 1 with input as _host("left", "1")
}

test_silent_on_the_host if {
	count(job_elsewhere.findings) == 0 with input as _host("a", "1")
}

test_silent_on_another_member if {
	count(job_elsewhere.findings) == 0 with input as _host("b", "1")
}

test_silent_when_the_job_is_off if {
	count(job_elsewhere.findings) == 0 with input as _host("old", "0")
	count(job_elsewhere.findings) == 0 with input as _host("old", "no")
}
