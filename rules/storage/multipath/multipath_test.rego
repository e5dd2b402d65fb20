package rules.storage.multipath_test

import data.rules.storage.multipath

test_silent_when_it_runs_without_a_map if {
	count(multipath.findings) == 0 with input as object.union(_host("active"), {
		"capture": {"areas": [{"name": "storage.multipath", "status": "known"}]},
		"storage": {"multipath": []},
	})
}

_host(state) := {"units": [{"name": "multipathd.service", "active_state": state, "drop_ins": []}]}

test_fires_when_it_runs if {
	count(multipath.findings) == 1 with input as _host("active")
	count(multipath.carries) == 3 with input as _host("active")
}

test_silent_when_it_is_only_installed if {
	count(multipath.findings) == 0 with input as _host("inactive")
}

_tree(state, maps) := {
	"units": [{"name": "multipathd.service", "file_state": state}],
	"storage": {"multipath": maps},
}

test_fires_on_maps_of_a_daemon_that_would_start if {
	multipath.findings == {{"at": ["/units/0"], "vars": {"maps": "mpatha, mpathb"}}} with input as _tree("enabled", [{"name": "mpathb"}, {"name": "mpatha"}])
}

test_silent_on_maps_that_nobody_makes_again if {
	count(multipath.findings) == 0 with input as _tree("disabled", [{"name": "mpatha"}])
}

test_silent_on_a_daemon_without_a_map if {
	count(multipath.findings) == 0 with input as _tree("enabled", [])
}
