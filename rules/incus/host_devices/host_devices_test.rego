package rules.incus.host_devices_test

import data.rules.incus.host_devices

_devices(fields) := {p.path[1]: p.value | some p in set} if {
	set := host_devices.parts with input as {"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": "dev0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}]}]}
}

test_nodes_with_owner_and_mode if {
	_devices({"path": "/dev/ttyUSB0", "uid": "1000", "gid": "104", "mode": "0660"}) == {"dev0": {"type": "unix-char", "source": "/dev/ttyUSB0", "path": "/dev/ttyUSB0", "uid": "1000", "gid": "104", "mode": "0660"}}
	_devices({"path": "/dev/sdb", "mode": "u+x"}) == {"dev0": {"type": "unix-block", "source": "/dev/sdb", "path": "/dev/sdb"}}
}

test_hostile_paths_are_no_device if {
	_devices({"path": "/dev/../etc/shadow"}) == {}
	_devices({"path": "/etc/shadow"}) == {}
}
