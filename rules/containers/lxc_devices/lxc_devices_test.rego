package rules.containers.lxc_devices_test

import data.rules.containers.lxc_devices

_host(unprivileged, fields) := {"guests": [{"vmid": 202, "type": "lxc", "local": true, "config": [
	{"key": "rootfs", "value": "x"},
	{"key": "unprivileged", "value": unprivileged},
	{"key": "dev0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]},
]}]}

_entry(options) := {
	"at": ["/guests/0/config/2"], "document": ["containers", "202"], "path": ["lxc.mount.entry"],
	"value": [sprintf("/var/lib/lxc/202/passthrough/dev0 dev/net/tun none bind,%screate=file 0 0", [options])],
}

_rule(lines) := {"at": ["/guests/0/config/2"], "document": ["containers", "202"], "path": ["lxc.cgroup2.devices"], "value": lines}

test_a_device_of_an_unprivileged_container if {
	lxc_devices.parts == {_entry("")} with input as _host("1", {"path": "/dev/net/tun", "gid": "104", "mode": "0660"})
}

test_a_privileged_container_is_told_the_numbers if {
	lxc_devices.parts == {_entry(""), _rule([{"allow": "c 10:200 rw"}])} with input as _host("0", {"path": "/dev/net/tun"})
}

test_a_device_that_is_only_read if {
	lxc_devices.parts == {_entry("ro,"), _rule([{"allow": "c 10:200 r"}, {"deny": "c 10:200 w"}])} with input as _host("1", {"path": "/dev/net/tun", "deny-write": "1"})
}

test_silent_on_numbers_that_nobody_knows if {
	count(lxc_devices.parts) == 0 with input as _host("0", {"path": "/dev/video0"})
}

test_silent_on_paths_that_are_none if {
	count(lxc_devices.parts) == 0 with input as _host("1", {"path": "/dev/$(reboot)"})
}

test_silent_on_modes_that_are_none if {
	count(lxc_devices.parts) == 0 with input as _host("1", {"path": "/dev/net/tun", "mode": "rw"})
}
