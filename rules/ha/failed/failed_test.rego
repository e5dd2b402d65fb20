package rules.ha.failed_test

import data.rules.ha.failed

_host(state) := {"cluster": {"ha_state": [{"id": "ct:105", "state": "started"}, {"id": "vm:100", "state": state, "node": "pve1"}]}}

test_fires_on_an_error if {
	failed.findings == {{"at": ["/cluster/ha_state/1"], "vars": {"sids": "vm:100", "states": "error"}}} with input as _host("error")
}

test_silent_on_a_guest_that_is_frozen_for_a_restart if {
	count(failed.findings) == 0 with input as _host("freeze")
}
