package rules.cluster.expected_votes_test

import data.rules.cluster.expected_votes

_host(expected) := {"cluster": {
	"corosync": [{"key": "quorum.provider", "value": "corosync_votequorum"}, {"key": "quorum.expected_votes", "value": expected}],
	"nodes": [{"name": "pve1", "id": 1, "local": true, "votes": 1}, {"name": "pve2", "id": 2, "local": false, "votes": 1}],
}}

test_fires_on_another_number if {
	expected_votes.findings == {{"at": ["/cluster/corosync/1"], "vars": {"expected": "1", "votes": 2}}} with input as _host("1")
}

test_silent_on_the_number_that_there_is if {
	count(expected_votes.findings) == 0 with input as _host("2")
}
