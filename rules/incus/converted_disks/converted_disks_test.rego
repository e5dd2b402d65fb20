package rules.incus.converted_disks_test

import data.rules.incus.converted_disks

_storages := {"storages": [
	{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}]},
	{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
	{"id": "ceph", "type": "rbd", "properties": [{"key": "pool", "value": "vm"}]},
]}

_host(disks) := {
	"host": {"name": "pve"},
	"storage": _storages,
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in disks]}],
}

test_an_image_of_another_format if {
	converted_disks.findings == {{"at": ["/guests/0/config/0"], "vars": {"disks": "100 scsi0"}}} with input as _host({"scsi0": {"file": "local:100/vm-100-disk-0.qcow2"}})
}

test_silent_for_raw_images_volumes_and_media if {
	count(converted_disks.findings) == 0 with input as _host({
		"scsi0": {"file": "local:100/vm-100-disk-0.raw"},
		"scsi1": {"file": "tank:vm-100-disk-0"},
		"ide2": {"file": "local:100/vm-100-disk-9.qcow2", "media": "cdrom"},
	})
}
