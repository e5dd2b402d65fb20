package rules.services.options_instead_test

import data.rules.services.options_instead

_catalog := {"unit_programs": {"powertop": "powerManagement.powertop.enable"}}

_host(path, when, program) := {"units": [{
	"name": "tune.service", "fragment_path": path, "file_state": "enabled",
	"detail": {"commands": [{"when": when, "program": program, "arguments": []}, {"when": when, "program": program, "arguments": ["x"]}]},
}]}

test_fires_on_a_program_that_an_option_runs if {
	options_instead.findings == {{"at": ["/units/0"], "vars": {
		"unit": "tune.service", "program": "powertop", "option": "powerManagement.powertop.enable",
	}}} with input as _host("/etc/systemd/system/tune.service", "ExecStart", "/usr/sbin/powertop") with data.catalog as _catalog
}

test_silent_on_a_script if {
	count(options_instead.findings) == 0 with input as _host("/etc/systemd/system/tune.service", "ExecStart", "/usr/local/bin/tune") with data.catalog as _catalog
}

test_silent_on_what_only_prepares if {
	count(options_instead.findings) == 0 with input as _host("/etc/systemd/system/tune.service", "ExecStartPre", "/usr/sbin/powertop") with data.catalog as _catalog
}

test_silent_on_units_of_packages if {
	count(options_instead.findings) == 0 with input as _host("/lib/systemd/system/tune.service", "ExecStart", "/usr/sbin/powertop") with data.catalog as _catalog
}
