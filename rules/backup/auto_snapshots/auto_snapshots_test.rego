package rules.backup.auto_snapshots_test

import data.rules.backup.auto_snapshots

_property(value) := {"name": "com.sun:auto-snapshot", "value": value, "origin": "local"}

_host(program, of_pool, of_home) := {
	"packages": [{"name": program, "status": "installed"}],
	"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank", "properties": of_pool}, {"name": "tank/home", "properties": of_home}]}]},
}

test_fires_on_a_marked_data_set if {
	auto_snapshots.findings == {{"at": ["/storage/zfs_pools/0/datasets/1"], "vars": {"names": "tank/home"}}} with input as _host("zfs-auto-snapshot", [_property("false")], [_property("true")])
}

test_fires_on_a_pool_that_says_nothing if {
	auto_snapshots.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"names": "tank"}}} with input as _host("zfs-auto-snapshot", [], [_property("false")])
}

test_silent_when_all_is_left_out if {
	count(auto_snapshots.findings) == 0 with input as _host("zfs-auto-snapshot", [_property("false")], [])
}

test_silent_on_a_property_that_nothing_reads if {
	count(auto_snapshots.findings) == 0 with input as _host("sanoid", [], [_property("true")])
}
