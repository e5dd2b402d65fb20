package rules.incus.passed_devices_test

import data.rules.incus.passed_devices

_host(fields) := {
	"host": {"name": "pve"},
	"hardware": {"pci": [{"address": "0000:01:00.0"}, {"address": "0000:01:00.1"}, {"address": "0000:02:00.0"}]},
	"mappings": [{"type": "pci", "id": "vf", "properties": [
		{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve"}, {"name": "path", "value": "0000:00:02.2"}]},
		{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve"}, {"name": "path", "value": "0000:00:02.1"}]},
	]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "hostpci0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}]}],
}

_devices(fields) := {p.path[1]: p.value | some p in set} if set := passed_devices.parts with input as _host(fields)

test_each_function_is_a_device if {
	_devices({"host": "01:00"}) == {"hostpci0": {"type": "pci", "address": "0000:01:00.0"}, "hostpci0-1": {"type": "pci", "address": "0000:01:00.1"}}
	_devices({"host": "0000:05:00.1;0a:00"}) == {"hostpci0": {"type": "pci", "address": "0000:05:00.1"}, "hostpci0-1": {"type": "pci", "address": "0000:0a:00.0"}}
	_devices({"mapping": "vf"}) == {"hostpci0": {"type": "pci", "address": "0000:00:02.1"}}
}

test_a_slice_of_a_card if {
	_devices({"host": "01:00.0", "mdev": "nvidia-46"}) == {"hostpci0": {"type": "gpu", "gputype": "mdev", "mdev": "nvidia-46", "pci": "0000:01:00.0"}}
}

test_hostile_addresses_are_no_device if {
	_devices({"host": "01:00.0\n"}) == {}
	_devices({"mapping": "gone"}) == {}
}

test_every_device_is_looked_at if {
	passed_devices.findings == {{"at": ["/guests/0/config/0"], "vars": {"devices": "100 hostpci0"}}} with input as _host({"host": "01:00"})
}

test_silent_without_devices if {
	count(passed_devices.findings) == 0 with input as object.union(_host({}), {"guests": []})
}
