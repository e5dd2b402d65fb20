package rules.services.environment_files_test

import data.rules.services.environment_files

_host(path, value) := {"units": [{
	"name": "report.service", "fragment_path": path, "file_state": "static",
	"detail": {"settings": [{"key": "Service.Environment", "value": "A=b"}, {"key": "Service.EnvironmentFile", "value": value}]},
}]}

test_fires_on_a_file_that_must_exist if {
	environment_files.findings == {{"at": ["/units/0"], "vars": {
		"units": "report.service", "files": "/etc/default/report",
	}}} with input as _host("/etc/systemd/system/report.service", "/etc/default/report")
}

test_silent_on_a_file_that_may_be_missing if {
	count(environment_files.findings) == 0 with input as _host("/etc/systemd/system/report.service", "-/etc/default/report")
}

test_silent_on_units_of_packages if {
	count(environment_files.findings) == 0 with input as _host("/lib/systemd/system/report.service", "/etc/default/report")
}
