package rules.cluster.staged_change_test

import data.rules.cluster.staged_change

_host(area) := {"problems": [{"area": "units", "source": "x", "error": "y"}, {"area": area, "source": "/etc/pve/corosync.conf.new:1", "error": "staged-file: a change was begun"}]}

test_fires_on_a_file_that_waits if {
	staged_change.findings == {{"at": ["/problems/1"], "vars": {}}} with input as _host("cluster")
}

test_silent_on_such_a_file_of_something_else if {
	count(staged_change.findings) == 0 with input as _host("network")
}
