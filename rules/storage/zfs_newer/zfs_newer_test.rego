package rules.storage.zfs_newer_test

import data.lib.tables_test
import data.rules.storage.zfs_newer

_host(version, pools) := {
	"host": {"name": "a"},
	"packages": [{"name": "zfsutils-linux", "version": version, "status": "installed"}],
	"storage": {"zfs_pools": pools, "storages": [], "mounts": []},
}

_pool := [{"name": "rpool", "root": true, "features": []}]

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

_features(state) := [{"name": "rpool", "root": true, "features": [{"name": "lz4_compress", "state": "active"}, {"name": "fast_dedup", "state": state}]}]

_catalog := {"releases": {"24.11": {"zfs": "2.2"}}, "zfs_features": {"fast_dedup": "2.3"}}

test_fires_while_a_newer_feature_is_enabled if {
	zfs_newer.findings == {{"at": ["/packages/0"], "vars": {"have": "2.3.4-pve1", "series": "2.2", "release": "24.11", "pools": "rpool"}}} with input as _host("2.3.4-pve1", _features("enabled"))
		with data.release as "24.11"
		with data.catalog as _catalog
}

test_silent_where_the_features_have_a_finding_of_their_own if {
	count(zfs_newer.findings) == 0 with input as _host("2.3.4-pve1", _features("active"))
		with data.release as "24.11"
		with data.catalog as _catalog
}
