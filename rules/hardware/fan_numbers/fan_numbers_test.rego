package rules.hardware.fan_numbers_test

import data.rules.hardware.fan_numbers

_host(state) := {
	"units": [{"name": "fancontrol.service", "file_state": state}],
	"config_files": [{"path": "/etc/fancontrol", "properties": [
		{"key": "INTERVAL", "value": "10"},
		{"key": "DEVNAME", "value": "hwmon2=nct6798"},
	]}],
}

test_fires_where_it_runs if {
	fan_numbers.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"chips": "hwmon2=nct6798"}}} with input as _host("enabled")
}

test_silent_where_it_is_switched_off if {
	count(fan_numbers.findings) == 0 with input as _host("disabled")
}
