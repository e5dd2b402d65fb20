package rules.conversion.no_watchdog_test

import data.rules.conversion.no_watchdog

_said(status, watchdogs, ipmi) := x if {
	x := {i.at | some i in no_watchdog.inhibits} with input as {
		"capture": {"areas": [{"name": "hardware.watchdogs", "status": status}, {"name": "hardware.ipmi", "status": "known"}]},
		"hardware": {"watchdogs": watchdogs, "ipmi": ipmi},
	}
}

test_fires_with_the_watchdog_of_the_kernel_alone if {
	_said("known", ["watchdog0 Software Watchdog"], false) == {["/hardware/watchdogs"]}
	_said("known", [], false) == {["/hardware/watchdogs"]}
}

test_silent_with_one_of_the_board if {
	_said("known", ["watchdog0 Software Watchdog", "watchdog1 iTCO_wdt"], false) == set()
}

test_silent_with_a_management_controller if {
	_said("known", [], true) == set()
}

test_silent_where_nobody_could_look if {
	_said("unknown", [], false) == set()
}
