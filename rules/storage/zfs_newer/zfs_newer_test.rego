package rules.storage.zfs_newer_test

import data.lib.tables_test
import data.rules.storage.zfs_newer

_host(version, pools) := {
	"host": {"name": "a"},
	"packages": [{"name": "zfsutils-linux", "version": version, "status": "installed"}],
	"storage": {"zfs_pools": pools, "storages": [], "mounts": []},
}

_pool := [{"name": "rpool", "root": true}]

test_fires_when_pve_has_the_newer_series if {
	count(zfs_newer.findings) == 1 with input as _host("2.3.4-pve1", _pool)
		with data.release as "24.11"
		with data.catalog as tables_test.fixture
}

test_silent_on_the_same_series if {
	count(zfs_newer.findings) == 0 with input as _host("2.3.4-pve1", _pool)
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_silent_without_a_pool if {
	count(zfs_newer.findings) == 0 with input as _host("2.3.4-pve1", [])
		with data.release as "24.11"
		with data.catalog as tables_test.fixture
}
