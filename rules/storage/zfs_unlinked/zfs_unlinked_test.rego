package rules.storage.zfs_unlinked_test

import data.rules.storage.zfs_unlinked

_host(links) := {"host": {"name": "a"}, "storage": {
	"storages": [],
	"mounts": [],
	"zfs_pools": [{"name": "tank", "root": true, "devices": [{"name": "mirror-0", "depth": 1}, {"name": "/dev/vdb1", "depth": 2}, {"name": "/dev/gone", "depth": 2}]}],
	"block_devices": [{"name": "vdb1", "links": links}],
}}

test_fires_on_a_disk_without_a_serial if {
	zfs_unlinked.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "tank", "devices": "/dev/vdb1"}}} with input as _host(["/dev/disk/by-partuuid/1-2"])
}

test_silent_on_one_with_a_serial if {
	count(zfs_unlinked.findings) == 0 with input as _host(["/dev/disk/by-id/virtio-data-part1"])
}
