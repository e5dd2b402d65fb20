package rules.hardware.disk_tests_test

import data.rules.hardware.disk_tests

_host(value, state) := {
	"units": [{"name": "smartmontools.service", "file_state": state}],
	"config_files": [{"path": "/etc/smartd.conf", "properties": [{"key": "DEVICESCAN", "value": value}]}],
}

test_fires_on_a_schedule if {
	disk_tests.findings == {{
		"at": ["/config_files/0/properties/0"],
		"vars": {"schedules": "-s (S/../.././02|L/../../6/03)"},
	}} with input as _host("-a -s (S/../.././02|L/../../6/03) -m root", "enabled")
}

test_silent_on_the_default_of_debian if {
	count(disk_tests.findings) == 0 with input as _host("-d removable -n standby -m root -M exec /usr/share/smartmontools/smartd-runner", "enabled")
}

test_silent_where_it_does_not_run if {
	count(disk_tests.findings) == 0 with input as _host("-a -s L/../../6/03", "disabled")
}
