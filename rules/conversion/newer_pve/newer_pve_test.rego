package rules.conversion.newer_pve_test

import data.rules.conversion.newer_pve

_found(version) := found if {
	set := newer_pve.findings with input as {"host": {"pve_version": version}}
	found := {f.vars.have | some f in set}
}

test_fires_on_a_newer_series if {
	_found("9.2.1") == {"9.2.1"}
	_found("10.0.0") == {"10.0.0"}
}

test_silent_on_the_same_series if {
	_found("9.1.9") == set()
}

test_silent_on_an_older_one if {
	_found("8.4.14") == set()
}
