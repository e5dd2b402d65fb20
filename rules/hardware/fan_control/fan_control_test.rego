package rules.hardware.fan_control_test

import data.rules.hardware.fan_control

_lines := [
	{"key": "INTERVAL", "value": "10"},
	{"key": "DEVPATH", "value": "hwmon2=devices/platform/nct6775.656"},
	{"key": "DEVNAME", "value": "hwmon2=nct6798"},
	{"key": "FCTEMPS", "value": "hwmon2/pwm2=hwmon2/temp1_input"},
]

_host(state, properties) := {"units": [{"name": "fancontrol.service", "file_state": state}], "config_files": [{"path": "/etc/fancontrol", "properties": properties}]}

test_the_same_lines if {
	{s.value | some s in fan_control.settings} == {true, "INTERVAL=10\nDEVPATH=hwmon2=devices/platform/nct6775.656\nDEVNAME=hwmon2=nct6798\nFCTEMPS=hwmon2/pwm2=hwmon2/temp1_input\n"} with input as _host("enabled", _lines)
	{c.params.unit | some c in fan_control.checks} == {"fancontrol.service"} with input as _host("enabled", _lines)
}

test_none_where_it_is_off_or_a_line_is_odd if {
	count(fan_control.settings) == 0 with input as _host("disabled", _lines)
	count(fan_control.settings) == 0 with input as _host("enabled", array.concat(_lines, [{"key": "MINTEMP", "value": "$(reboot)"}]))
	count(fan_control.settings) == 0 with input as _host("enabled", array.concat(_lines, [{"key": "X", "value": "1"}]))
	count(fan_control.settings) == 0 with input as _host("enabled", array.slice(_lines, 0, 3))
}
