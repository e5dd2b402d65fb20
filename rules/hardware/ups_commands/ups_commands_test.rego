package rules.hardware.ups_commands_test

import data.rules.hardware.ups_commands

_nut(unit) := {
	"units": [{"name": unit, "file_state": "enabled"}],
	"config_files": [
		{"path": "/etc/nut/upsmon.conf", "properties": [
			{"key": "MONITOR", "secret": {"secret": true}},
			{"key": "SHUTDOWNCMD", "value": "\"/sbin/shutdown -h +0\""},
			{"key": "NOTIFYCMD", "value": "/usr/sbin/upssched"},
		]},
		{"path": "/etc/nut/upssched.conf", "properties": [{"key": "CMDSCRIPT", "value": "/usr/local/sbin/ups-event"}]},
	],
	"local_files": [],
}

test_fires_on_commands_of_nut if {
	ups_commands.findings == {{
		"at": ["/config_files/1/properties/0"],
		"vars": {"commands": "/usr/local/sbin/ups-event"},
	}} with input as _nut("nut-monitor.service")
}

test_silent_where_nut_does_not_run if {
	count(ups_commands.findings) == 0 with input as _nut("nut-server.service")
}

_apcupsd(state) := {
	"units": [{"name": "apcupsd.service", "file_state": "enabled"}],
	"config_files": [],
	"local_files": [{"path": "/etc/apcupsd/doshutdown", "kind": "script", "state": state}],
}

test_fires_on_a_script_of_apcupsd if {
	ups_commands.findings == {{"at": ["/local_files/0"], "vars": {"commands": "/etc/apcupsd/doshutdown"}}} with input as _apcupsd("local")
}

test_silent_on_one_that_was_deleted if {
	count(ups_commands.findings) == 0 with input as _apcupsd("missing")
}
