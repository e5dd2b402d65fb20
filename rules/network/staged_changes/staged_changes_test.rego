package rules.network.staged_changes_test

import data.lib.network_test
import data.rules.network.staged_changes

test_fires_when_the_staged_file_was_read if {
	count(staged_changes.findings) == 1 with input as object.union(network_test.host({}), {"files": [{"path": "/etc/network/interfaces.new", "mode": "0644", "uid": 0, "gid": 0}]})
}

test_fires_and_speaks_of_the_anomaly if {
	staged_changes.findings == {{"at": ["/network/anomalies/0"], "vars": {}}} with input as network_test.host({"anomalies": [{"kind": "staged", "detail": "x", "source": "/etc/network/interfaces.new:1"}]})
}

test_silent_when_nothing_waits if {
	count(staged_changes.findings) == 0 with input as object.union(network_test.host({}), {"files": [{"path": "/etc/network/interfaces", "mode": "0644", "uid": 0, "gid": 0}]})
}
