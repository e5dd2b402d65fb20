package rules.backup.defaults_test

import data.rules.backup.defaults

_host(lines) := {"jobs": {"vzdump_defaults": lines}}

test_the_file_goes_along_and_paths_stay_open if {
	host := _host([{"key": "tmpdir", "value": "/var/tmp"}, {"key": "bwlimit", "value": "10000"}])
	defaults.carries == {{"at": ["/jobs/vzdump_defaults/1"], "path": "/etc/vzdump.conf", "to": "/etc/vzdump.conf", "mode": "0644", "secret": false}} with input as host
	count(defaults.settings) == 0 with input as host
}

test_parallel_gzip_needs_its_program if {
	{s.option[2] | some s in defaults.settings} == {"pvedaemon", "pvescheduler"} with input as _host([{"key": "pigz", "value": "4"}])
}

test_silent_without_lines if {
	count(defaults.carries) == 0 with input as _host([])
}
