package rules.hardware.smart_test

import data.rules.hardware.smart

_host(lines) := {
	"units": [{"name": "smartmontools.service", "active_state": "active", "file_state": "enabled"}],
	"config_files": [{"path": "/etc/smartd.conf", "properties": [{"key": l[0], "value": l[1]} | some l in lines]}],
}

_options(lines) := x if x := {concat(".", array.slice(s.option, 2, 9)): s.value | some s in smart.settings} with input as _host(lines)

test_devices_keep_their_schedules if {
	found := {s.at[0]: s.value | some s in smart.settings; s.option[2] == "devices"} with input as _host([
		["DEFAULT", "-a -s (S/../.././02|L/../../6/03) -W 4,45,55 -m root -M exec /usr/share/smartmontools/smartd-runner"],
		["/dev/sda", "-d sat -m ops@example.org -M daily"], ["/dev/nvme0", ""],
	])
	found == {
		"/config_files/0/properties/1": [{"device": "/dev/sda", "options": "-d sat"}],
		"/config_files/0/properties/2": [{"device": "/dev/nvme0"}],
	}
	options := _options([["DEFAULT", "-a -s (S/../.././02|L/../../6/03) -m root"], ["/dev/nvme0", ""]])
	options["defaults.monitored"] == "-a -s (S/../.././02|L/../../6/03)"
	options.autodetect == false
}

test_a_scan_keeps_its_options_and_the_defaults if {
	_options([["DEFAULT", "-a"], ["DEVICESCAN", "-s (L/../../6/03) -W 4,50,60"]]) == {
		"defaults.monitored": "-a", "defaults.autodetected": "-a -s (L/../../6/03) -W 4,50,60",
	}
	_options([["DEVICESCAN", "-d removable -n standby -m root -M exec /usr/share/smartmontools/smartd-runner"]]) == {
		"defaults.autodetected": "-d removable -n standby",
	}
	_options([["DEVICESCAN", "-m root"]]) == {"defaults.autodetected": "-a"}
	_options([["/dev/sda", "-a"], ["DEVICESCAN", ""]]).autodetect == true
}

test_strange_lines_are_left if {
	_options([["/dev/sda; x", "-a"], ["/dev/sda", "-a `x`"], ["DEVICESCAN", "-a\n/dev/sdb"]]) == {}
}

test_silent_where_smartd_is_off if {
	count(smart.settings) == 0 with input as object.union(_host([["DEVICESCAN", "-a"]]), {"units": []})
}

_every(value) := {
	"units": [{"name": "smartd.service", "file_state": "enabled"}],
	"config_files": [{"path": "/etc/default/smartmontools", "properties": [{"key": "smartd_opts", "value": value}]}],
}

test_how_often_it_looks if {
	{s.value | some s in smart.settings; s.option[2] == "extraOptions"} == {["--interval=3600"]} with input as _every("\"--interval=3600\"")
}

test_no_option_of_another_form if {
	count([s | some s in smart.settings; s.option[2] == "extraOptions"]) == 0 with input as _every("--interval=3600 --quit=never")
}
