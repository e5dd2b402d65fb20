package rules.cluster.local_copy_test

import data.rules.cluster.local_copy

_host(error) := {"problems": [{"area": "cluster", "source": "/etc/corosync/corosync.conf:1", "error": error}]}

test_fires_on_two_texts if {
	local_copy.findings == {{"at": ["/problems/0"], "vars": {}}} with input as _host("local-copy: differs from what the cluster has")
}

test_silent_on_another_problem_of_the_cluster if {
	count(local_copy.findings) == 0 with input as _host("staged-file: a change was begun")
}
