package rules.incus.unreachable_disks_test

import data.rules.incus.unreachable_disks

_storages := {"storages": [
	{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}]},
	{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
	{"id": "ceph", "type": "rbd", "properties": [{"key": "pool", "value": "vm"}]},
	{"id": "odd", "type": "rbd", "properties": [{"key": "pool", "value": "vm"}, {"key": "username", "value": "a b"}]},
]}

_host(disks) := {
	"host": {"name": "pve"},
	"storage": _storages,
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in disks]}],
}

_container := {"vmid": 200, "type": "lxc", "local": true, "config": [
	{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": "ceph:vm-200-disk-0"}]},
	{"key": "mp0", "value": "x", "fields": [{"name": "volume", "value": "odd:vm-200-disk-1"}]},
]}

test_images_that_cannot_be_mapped_and_what_nobody_finds if {
	host := _host({"scsi0": {"file": "odd:vm-100-disk-0"}, "scsi1": {"file": "gone:vm-100-disk-1"}})
	unreachable_disks.findings == {{"at": ["/guests/0/config/0", "/guests/0/config/1"], "vars": {"disks": "100 scsi0, 100 scsi1"}}} with input as host
}

test_mount_points_but_no_root if {
	unreachable_disks.findings == {{"at": ["/guests/0/config/1"], "vars": {"disks": "200 mp0"}}} with input as {"host": {"name": "pve"}, "storage": _storages, "guests": [_container]}
}

test_an_image_that_nobody_finds if {
	unreachable_disks.findings == {{"at": ["/guests/0/config/0"], "vars": {"disks": "100 ide2"}}} with input as _host({"ide2": {"file": "gone:iso/a.iso", "media": "cdrom"}})
}

test_silent_for_images_that_are_mapped if {
	count(unreachable_disks.findings) == 0 with input as _host({"scsi0": {"file": "ceph:vm-100-disk-0"}})
}

test_silent_for_what_is_on_this_host if {
	count(unreachable_disks.findings) == 0 with input as _host({"scsi0": {"file": "tank:vm-100-disk-0"}, "ide2": {"file": "none", "media": "cdrom"}})
}
