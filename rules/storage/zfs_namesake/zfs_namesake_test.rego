package rules.storage.zfs_namesake_test

import data.rules.storage.zfs_namesake

_host(uuid) := {"storage": {
	"zfs_pools": [{"name": "rpool", "imported": true, "guid": "111"}],
	"block_devices": [
		{"name": "sda3", "content": "zfs_member", "label": "rpool", "uuid": "111"},
		{"name": "sdc3", "content": "zfs_member", "label": "rpool", "uuid": uuid},
		{"name": "sdd1", "content": "ext4", "label": "rpool", "uuid": "222"},
	],
}}

test_fires_on_a_disk_of_an_earlier_installation if {
	zfs_namesake.findings == {{"at": ["/storage/block_devices/1"], "vars": {"pool": "rpool", "devices": "/dev/sdc3"}}} with input as _host("222")
}

test_silent_on_the_other_side_of_the_mirror if {
	count(zfs_namesake.findings) == 0 with input as _host("111")
}
