package rules.storage.zfs_features_active_test

import data.rules.storage.zfs_features_active

_catalog := {"releases": {"25.11": {"zfs": "2.3"}}, "zfs_features": {"raidz_expansion": "2.3", "dynamic_gang_header": "2.4"}}

_host(name, state) := {"host": {"name": "a"}, "storage": {
	"storages": [],
	"mounts": [],
	"zfs_pools": [{"name": "tank", "root": true, "features": [{"name": name, "state": state}, {"name": "lz4_compress", "state": "active"}]}],
}}

test_fires_on_an_active_feature_of_a_newer_series if {
	zfs_features_active.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "tank", "features": "dynamic_gang_header", "series": "2.3", "release": "25.11"}}} with input as _host("dynamic_gang_header", "active")
		with data.catalog as _catalog
		with data.release as "25.11"
}

test_silent_while_it_is_only_enabled if {
	count(zfs_features_active.findings) == 0 with input as _host("dynamic_gang_header", "enabled")
		with data.catalog as _catalog
		with data.release as "25.11"
}

test_silent_on_one_of_the_series if {
	count(zfs_features_active.findings) == 0 with input as _host("raidz_expansion", "active")
		with data.catalog as _catalog
		with data.release as "25.11"
}
