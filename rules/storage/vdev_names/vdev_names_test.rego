package rules.storage.vdev_names_test

import data.rules.storage.vdev_names

_host(pools) := {
	"storage": {"zfs_pools": pools},
	"config_files": [{"path": "/etc/zfs/vdev_id.conf", "properties": [{"key": "alias", "value": "d1 /dev/disk/by-id/wwn-0x5000c5002de3b9ca"}]}],
}

test_the_file_lies_where_it_was if {
	vdev_names.settings == {{"at": ["/config_files/0/properties/0"], "option": ["environment", "etc", "zfs/vdev_id.conf", "source"], "value": "/var/lib/pve2nix/etc/zfs/vdev_id.conf"}} with input as _host([{"name": "tank"}])
	count(vdev_names.bridges) == 1 with input as _host([{"name": "tank"}])
	{c.to | some c in vdev_names.carries} == {"/var/lib/pve2nix/etc/zfs/vdev_id.conf"} with input as _host([{"name": "tank"}])
}

test_without_a_pool_nobody_reads_it if {
	count(((vdev_names.settings | vdev_names.carries) | vdev_names.bridges)) == 0 with input as _host([])
}
