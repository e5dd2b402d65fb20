package rules.libvirt.mediated_devices_test

import data.rules.libvirt.mediated_devices

_device(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_map(id, path) := {"type": "pci", "id": id, "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": path}]}]}

_host(config) := {
	"host": {"name": "a"}, "packages": [],
	"mappings": [_map("gpu", "0000:01:00"), {"type": "pci", "id": "nics", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": path}]} | some path in ["0000:07:00.1", "0000:07:00.0"]]}],
	"hardware": {"pci": [{"address": "0000:01:00.0"}, {"address": "0000:01:00.1"}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

_q35 := {"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}

test_fires_on_a_slice if {
	mediated_devices.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmid": 100, "name": "unnamed", "types": "nvidia-46", "uuids": "00000000-0000-0000-0000-000000000100"}}} with input as _host([_device("hostpci0", {"host": "03:00.0", "mdev": "nvidia-46"})])
}

test_silent_on_a_whole_card if {
	count(mediated_devices.findings) == 0 with input as _host([_device("hostpci0", {"host": "03:00.0"})])
}

test_silent_on_graphics_of_intel if {
	count(mediated_devices.findings) == 0 with input as _host([_device("hostpci0", {"host": "00:02.0", "mdev": "i915-GVTg_V5_4"})])
}
