package rules.backup.auto_snapshots_test

import data.rules.backup.auto_snapshots

_host(program, value) := {
	"packages": [{"name": program, "status": "installed"}],
	"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank/home", "properties": [{"name": "com.sun:auto-snapshot", "value": value, "origin": "local"}]}]}]},
}

test_fires_on_a_marked_data_set if {
	auto_snapshots.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"names": "tank/home"}}} with input as _host("zfs-auto-snapshot", "true")
}

test_silent_when_it_is_left_out if {
	count(auto_snapshots.findings) == 0 with input as _host("zfs-auto-snapshot", "false")
}

test_silent_on_a_property_that_nothing_reads if {
	count(auto_snapshots.findings) == 0 with input as _host("sanoid", "true")
}
