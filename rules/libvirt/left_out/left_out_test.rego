package rules.libvirt.left_out_test

import data.rules.libvirt.left_out

_line(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_host(config) := {
	"host": {"name": "a"}, "packages": [], "mappings": [],
	"hardware": {"pci": [], "usb": []},
	"network": {"interfaces": [], "links": []},
	"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz", "fields": []}]}, {"id": "far", "type": "zfs", "properties": []}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

test_fires_on_disks_and_cards if {
	left_out.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2"], "vars": {"vmid": 100, "name": "unnamed", "devices": "hostpci0, scsi0, scsi1"}}} with input as _host([
		_line("scsi0", {"file": "far:vm-100-disk-0"}),
		_line("scsi1", {"file": "gone:vm-100-disk-0"}),
		_line("hostpci0", {"mapping": "gone"}),
	])
}

test_silent_on_what_can_be_named if {
	count(left_out.findings) == 0 with input as _host([
		_line("scsi0", {"file": "local:100/vm-100-disk-0.raw"}),
		_line("ide2", {"file": "none", "media": "cdrom"}),
		_line("hostpci0", {"host": "01:00.0"}),
		_line("usb0", {"host": "1-4"}),
	])
}
