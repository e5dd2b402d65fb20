package rules.storage.zfs_root_mounts_test

import data.rules.storage.zfs_root_mounts

_host(properties) := {"host": {"name": "a"}, "storage": {"storages": [], "mounts": [], "zfs_pools": [{"name": "rpool", "root": true, "datasets": [{
	"name": "rpool/ROOT/pve-1",
	"kind": "filesystem",
	"properties": [{"name": k, "value": v} | some k, v in properties],
}]}]}}

test_fires_as_the_installer_leaves_it if {
	zfs_root_mounts.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"pool": "rpool", "name": "rpool/ROOT/pve-1"}}} with input as _host({"mountpoint": "/"})
}

test_silent_when_it_is_mounted_by_hand if {
	count(zfs_root_mounts.findings) == 0 with input as _host({"mountpoint": "/", "canmount": "noauto"})
}

test_silent_at_another_place if {
	count(zfs_root_mounts.findings) == 0 with input as _host({"mountpoint": "/rpool"})
}
