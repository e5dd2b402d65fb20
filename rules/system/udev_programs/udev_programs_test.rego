package rules.system.udev_programs_test

import data.rules.system.udev_programs

_host(line) := {"config_files": [
	{"path": "/etc/udev/rules.d/70-names.rules", "properties": [{"key": "SUBSYSTEM", "value": `SUBSYSTEM=="tty", SYMLINK+="zigbee"`}]},
	{"path": "/etc/udev/rules.d/90-own.rules", "properties": [{"key": "ACTION", "value": line}]},
]}

test_fires_on_a_program if {
	udev_programs.findings == {{
		"at": ["/config_files/1/properties/0"],
		"vars": {"files": "/etc/udev/rules.d/90-own.rules", "programs": "/usr/local/bin/usb-backup"},
	}} with input as _host(`ACTION=="add", KERNEL=="sd[a-z]1", RUN+="/usr/local/bin/usb-backup %k"`)
}

test_fires_on_an_imported_one if {
	count(udev_programs.findings) == 1 with input as _host(`IMPORT{program}="/usr/bin/my-id $devnode"`)
}

test_silent_on_what_udev_does_itself if {
	count(udev_programs.findings) == 0 with input as _host(`ACTION=="add", RUN{builtin}+="kmod load vfio-pci"`)
	count(udev_programs.findings) == 0 with input as _host(`ACTION=="add", ATTR{queue/scheduler}="none"`)
}

test_silent_on_what_nixos_mends if {
	count(udev_programs.findings) == 0 with input as _host(`ACTION=="add", RUN+="/sbin/modprobe vfio-pci"`)
}
