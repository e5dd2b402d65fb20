package rules.storage.multipath_test

import data.rules.storage.multipath

_host(state) := {"units": [{"name": "multipathd.service", "active_state": state, "drop_ins": []}]}

test_fires_when_it_runs if {
	count(multipath.findings) == 1 with input as _host("active")
	count(multipath.carries) == 3 with input as _host("active")
}

test_silent_when_it_is_only_installed if {
	count(multipath.findings) == 0 with input as _host("inactive")
}
