package rules.services.environment_files_test

import data.rules.services.environment_files

_host(path, value) := {
	"units": [{
		"name": "report.service", "fragment_path": path, "file_state": "static", "drop_ins": [],
		"detail": {"commands": [], "settings": [{"key": "Service.Environment", "value": "A=b"}, {"key": "Service.EnvironmentFile", "value": value}]},
	}],
	"local_files": [{"path": "/etc/default/report", "kind": "file"}],
}

_path := "/etc/systemd/system/report.service"

test_fires_on_a_file_and_copies_it if {
	host := _host(_path, "-/etc/default/report")
	environment_files.findings == {{"at": ["/units/0"], "vars": {
		"units": "report.service", "files": "/etc/default/report",
	}}} with input as host
		with data.catalog as {}
	environment_files.carries == {{"at": ["/local_files/0"], "path": "/etc/default/report", "to": "/etc/default/report", "mode": "0600", "secret": true}} with input as host with data.catalog as {}
}

test_copies_a_file_that_is_no_fact_of_its_own if {
	{[c.path, c.at] | some c in environment_files.carries} == {["/root/env", []]} with input as _host(_path, "/root/env") with data.catalog as {}
}

test_silent_on_files_that_are_made_while_running if {
	count(environment_files.findings) == 0 with input as _host(_path, "/run/report.env") with data.catalog as {}
	count(environment_files.carries) == 0 with input as _host(_path, "/etc/report/*.env") with data.catalog as {}
}

test_silent_on_units_of_packages if {
	count(environment_files.findings) == 0 with input as _host("/lib/systemd/system/report.service", "/etc/default/report") with data.catalog as {}
}

test_fires_where_the_state_is_not_known if {
	host := json.remove(_host(_path, "/etc/default/report"), ["/units/0/file_state"])
	count(environment_files.findings) == 1 with input as host with data.catalog as {}
}

test_silent_on_a_unit_that_is_switched_off if {
	host := json.patch(_host(_path, "/etc/default/report"), [{"op": "replace", "path": "/units/0/file_state", "value": "disabled"}])
	count(environment_files.findings) == 0 with input as host with data.catalog as {}
}
