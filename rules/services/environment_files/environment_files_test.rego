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

test_fires_where_the_state_is_not_known if {
	host := json.remove(_host("/etc/systemd/system/report.service", "/etc/default/report"), ["/units/0/file_state"])
	count(environment_files.findings) == 1 with input as host
}

test_silent_on_a_unit_that_is_switched_off if {
	host := json.patch(_host("/etc/systemd/system/report.service", "/etc/default/report"), [{"op": "replace", "path": "/units/0/file_state", "value": "disabled"}])
	count(environment_files.findings) == 0 with input as host
}
