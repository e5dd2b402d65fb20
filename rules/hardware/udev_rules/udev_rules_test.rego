package rules.hardware.udev_rules_test

import data.rules.hardware.udev_rules

_host(values) := {"config_files": [{"path": "/etc/udev/rules.d/70-own.rules", "properties": [{"key": "SUBSYSTEM", "value": v} | some v in values]}]}

test_links_owners_and_attributes if {
	link := `SUBSYSTEM=="tty", ATTRS{idVendor}=="10c4", ATTRS{serial}=="0c9f1e4a", SYMLINK+="zigbee"`
	scheduler := `ACTION=="add|change", KERNEL=="sd[a-z]", ATTR{queue/rotational}=="1", ATTR{queue/scheduler}="none"`
	udev_rules.settings == {{
		"at": ["/config_files/0/properties/0", "/config_files/0/properties/1"],
		"option": ["services", "udev", "extraRules"], "value": sprintf("%s\n%s\n", [link, scheduler]),
	}} with input as _host([link, scheduler])
}

test_programs_names_and_strange_lines_are_left if {
	count(udev_rules.settings) == 0 with input as _host([
		`ACTION=="add", RUN+="/usr/local/bin/x"`, `KERNEL=="sda", PROGRAM="/bin/x"`, `IMPORT{program}="x"`,
		`SUBSYSTEM=="net", ATTRS{idVendor}=="413c", NAME="idrac"`, "KERNEL==\"a\"\nRUN+=\"x\"", `KERNEL=="a" RUN`,
	])
}

test_a_file_with_jumps_is_left_whole if {
	count(udev_rules.settings) == 0 with input as _host([`KERNEL!="sd*", GOTO="end"`, `ATTR{queue/scheduler}="none"`, `LABEL="end"`])
}
