package rules.replication.removal_pending_test

import data.rules.replication.removal_pending

_host(properties) := {"cluster": {"replication": [{"type": "local", "id": "100-0", "properties": array.concat([{"key": "target", "value": "pve2"}], properties)}]}}

test_fires_on_a_job_that_is_being_removed if {
	removal_pending.findings == {{"at": ["/cluster/replication/0"], "vars": {"jobs": "100-0"}}} with input as _host([{"key": "remove_job", "value": "full"}])
}

test_silent_on_one_that_stays if {
	count(removal_pending.findings) == 0 with input as _host([{"key": "comment", "value": "remove_job"}])
}
