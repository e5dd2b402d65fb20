package rules.storage.replica_volumes_test

import data.rules.storage.replica_volumes

_host(properties) := {
	"host": {"name": "a"},
	"guests": [],
	"cluster": {"replication": [{"type": "local", "id": "103-0", "properties": [{"key": k, "value": v} | some k, v in properties]}]},
}

test_fires_on_the_target if {
	replica_volumes.findings == {{"at": ["/cluster/replication/0"], "vars": {"vmids": "103"}}} with input as _host({"target": "a"})
}

test_silent_on_another_node if {
	count(replica_volumes.findings) == 0 with input as _host({"target": "b"})
}

test_silent_when_the_job_is_off if {
	count(replica_volumes.findings) == 0 with input as _host({"target": "a", "disable": "1"})
}
