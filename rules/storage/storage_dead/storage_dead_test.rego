package rules.storage.storage_dead_test

import data.rules.storage.storage_dead

_host(status) := {
	"host": {"name": "a"},
	"capture": {"areas": [{"name": n, "status": status} | some n in ["storage.mounts", "storage.zfs_pools", "storage.volume_groups"]]},
	"storage": {
		"storages": [
			{"type": "nfs", "id": "nas", "properties": [{"key": "path", "value": "/mnt/pve/nas"}]},
			{"type": "nfs", "id": "up", "properties": [{"key": "path", "value": "/mnt/pve/up"}]},
			{"type": "nfs", "id": "off", "properties": [{"key": "path", "value": "/mnt/pve/off"}, {"key": "disable", "value": "1"}]},
			{"type": "zfspool", "id": "tank", "properties": [{"key": "pool", "value": "tank/vm"}]},
			{"type": "zfspool", "id": "local-zfs", "properties": [{"key": "pool", "value": "rpool/data"}]},
			{"type": "lvmthin", "id": "old", "properties": [{"key": "vgname", "value": "old"}]},
			{"type": "lvmthin", "id": "local-lvm", "properties": [{"key": "vgname", "value": "pve"}]},
		],
		"mounts": [{"target": "/mnt/pve/up"}],
		"zfs_pools": [{"name": "rpool", "imported": true}, {"name": "tank", "imported": false}],
		"volume_groups": [{"name": "pve", "uuid": "a"}, {"name": "old"}],
	},
}

test_fires_on_each_kind if {
	storage_dead.findings == {{
		"at": ["/storage/storages/0", "/storage/storages/3", "/storage/storages/5"],
		"vars": {"ids": "nas, old, tank", "reasons": "/mnt/pve/nas is not mounted; pool tank is not imported; volume group old is not there"},
	}} with input as _host("known")
}

_dir(properties) := object.union(_away(properties), {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "fields": [{"name": "file", "value": "usb:100/vm-100-disk-0.qcow2"}]}]}]})

_away(properties) := object.union(_host("known"), {"storage": {"storages": [{"type": "dir", "id": "usb", "properties": [{"key": k, "value": v} | some k, v in properties]}]}})

test_fires_on_a_directory_whose_mount_is_missing if {
	storage_dead.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "usb", "reasons": "/mnt/usb is not mounted"}}} with input as _dir({"path": "/mnt/usb", "is_mountpoint": "yes"})
	count(storage_dead.findings) == 1 with input as _dir({"path": "/mnt/pve/up/x", "is_mountpoint": "/mnt/usb"})
}

test_silent_on_a_disk_that_holds_no_guest if {
	count(storage_dead.findings) == 0 with input as _away({"path": "/mnt/usb", "is_mountpoint": "yes"})
}

test_silent_on_directories_that_are_there if {
	count(storage_dead.findings) == 0 with input as _dir({"path": "/mnt/pve/up/x", "is_mountpoint": "/mnt/pve/up"})
	count(storage_dead.findings) == 0 with input as _dir({"path": "/mnt/pve/up", "is_mountpoint": "1"})
	count(storage_dead.findings) == 0 with input as _dir({"path": "/mnt/usb"})
}

test_silent_when_nothing_was_asked if {
	count(storage_dead.findings) == 0 with input as _host("partial")
}
