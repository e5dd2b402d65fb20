package rules.upgrade.not_last_test

import data.rules.upgrade.not_last

_found(version, major) := found if {
	set := not_last.findings with input as {"host": {"pve_version": version, "pve_major": major}}
		with data.catalog as {"pve_releases": {"8": {"last": "8.4"}, "9": {"kernel": "6.14"}}}
	found := {[f.vars.have, f.vars.last] | some f in set}
}

test_fires_on_an_older_point_release if {
	_found("8.1.3", 8) == {["8.1.3", "8.4"]}
}

test_silent_on_the_last if {
	_found("8.4.0", 8) == set()
}

test_silent_on_a_series_that_goes_on if {
	_found("9.0.3", 9) == set()
}
