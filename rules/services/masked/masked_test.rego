package rules.services.masked_test

import data.rules.services.masked

_host(name, state) := {"units": [{"name": "lxc-net.service", "file_state": "masked"}, {"name": name, "file_state": state}]}

test_fires_on_a_unit_that_nixos_starts if {
	masked.findings == {{"at": ["/units/1"], "vars": {
		"units": "sleep.target",
		"effects": "an idle desktop or a closed lid puts the host to sleep",
	}}} with input as _host("sleep.target", "masked")
}

test_silent_on_a_unit_that_is_only_not_enabled if {
	count(masked.findings) == 0 with input as _host("sleep.target", "static")
}

test_silent_on_units_that_nixos_does_not_have if {
	count(masked.findings) == 0 with input as _host("apt-daily.timer", "masked")
}
