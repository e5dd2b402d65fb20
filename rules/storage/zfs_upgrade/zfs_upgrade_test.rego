package rules.storage.zfs_upgrade_test

import data.rules.storage.zfs_upgrade

_catalog := {"releases": {"25.11": {"zfs": "2.3"}}}

_host(version, pools) := {
	"host": {"name": "a"},
	"packages": [{"name": "zfsutils-linux", "version": version, "status": "installed"}],
	"storage": {"storages": [], "mounts": [], "zfs_pools": pools},
}

_pools := [{"name": "tank", "root": false}, {"name": "rpool", "root": true}]

test_fires_on_an_older_zfs if {
	zfs_upgrade.findings == {{"at": ["/storage/zfs_pools/0", "/storage/zfs_pools/1"], "vars": {"have": "2.2.7-pve2", "file": "openzfs-2.2", "pools": "rpool, tank", "series": "2.3", "release": "25.11"}}} with input as _host("2.2.7-pve2", _pools)
		with data.catalog as _catalog
		with data.release as "25.11"
}

test_the_file_of_the_older_series_names_linux if {
	{f.vars.file | some f in zfs_upgrade.findings} == {"openzfs-2.1-linux"} with input as _host("2.1.15-pve1", _pools)
		with data.catalog as _catalog
		with data.release as "25.11"
}

test_silent_on_the_same_series if {
	count(zfs_upgrade.findings) == 0 with input as _host("2.3.4-pve1", _pools)
		with data.catalog as _catalog
		with data.release as "25.11"
}

test_silent_without_a_pool if {
	count(zfs_upgrade.findings) == 0 with input as _host("2.2.7-pve2", [])
		with data.catalog as _catalog
		with data.release as "25.11"
}
