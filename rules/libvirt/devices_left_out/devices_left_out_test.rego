package rules.libvirt.devices_left_out_test

import data.rules.libvirt.devices_left_out

_line(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_host(config) := {
	"host": {"name": "a"}, "packages": [], "mappings": [],
	"hardware": {"pci": [], "usb": []},
	"network": {"interfaces": [], "links": []},
	"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz", "fields": []}]}, {"id": "far", "type": "zfs", "properties": []}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

test_fires_on_each_kind if {
	devices_left_out.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2", "/guests/0/config/3", "/guests/0/config/4"],
		"vars": {"vmid": 100, "name": "unnamed", "devices": "net0, parallel0, rng0, usb0, virtiofs0"},
	}} with input as _host([
		_line("net0", {"model": "virtio", "bridge": "a b"}),
		_line("usb0", {"host": "1-4"}),
		{"key": "parallel0", "value": "socket", "fields": []},
		_line("virtiofs0", {"dirid": "gone"}),
		_line("rng0", {"source": "/etc/shadow"}),
	])
}

test_silent_on_what_can_be_named if {
	count(devices_left_out.findings) == 0 with input as _host([
		_line("scsi0", {"file": "gone:vm-100-disk-0"}),
		_line("net0", {"model": "virtio"}),
		_line("usb0", {"host": "spice"}),
		_line("usb1", {"host": "1234:5678"}),
		{"key": "serial0", "value": "socket", "fields": []},
		{"key": "parallel0", "value": "/dev/parport0", "fields": []},
		_line("rng0", {"source": "/dev/urandom"}),
	])
}
