package rules.storage.zfs_removable_test

import data.rules.storage.zfs_removable

_host(transport) := {"host": {"name": "a"}, "storage": {
	"storages": [],
	"mounts": [],
	"zfs_pools": [{"name": "cold", "root": true, "devices": [{"name": "/dev/disk/by-id/usb-x-part1", "depth": 1}]}],
	"block_devices": [
		{"name": "sdx", "links": [], "transport": transport},
		{"name": "sdx1", "links": ["/dev/disk/by-id/usb-x-part1"], "parent": "sdx"},
	],
}}

test_fires_on_a_usb_disk if {
	zfs_removable.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "cold", "disks": "/dev/sdx"}}} with input as _host("usb")
}

test_silent_on_an_inner_one if {
	count(zfs_removable.findings) == 0 with input as _host("ata")
}
