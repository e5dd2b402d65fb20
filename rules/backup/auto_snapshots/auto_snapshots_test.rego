package rules.backup.auto_snapshots_test

import data.rules.backup.auto_snapshots

_property(value) := {"name": "com.sun:auto-snapshot", "value": value, "origin": "local"}

_kept := "12 monthly, 24 hourly, 31 daily, 4 frequent, 8 weekly"

_host(program, of_pool, of_home) := {
	"packages": [{"name": program, "status": "installed"}],
	"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank", "properties": of_pool}, {"name": "tank/home", "properties": of_home}]}]},
}

test_fires_on_a_marked_data_set if {
	auto_snapshots.findings == {{"at": ["/storage/zfs_pools/0/datasets/1"], "vars": {"kept": _kept, "names": "tank/home"}}} with input as _host("zfs-auto-snapshot", [_property("false")], [_property("true")])
}

test_fires_on_a_pool_that_says_nothing if {
	auto_snapshots.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"kept": _kept, "names": "tank"}}} with input as _host("zfs-auto-snapshot", [], [_property("false")])
}

test_silent_when_all_is_left_out if {
	count(auto_snapshots.findings) == 0 with input as _host("zfs-auto-snapshot", [_property("false")], [])
}

test_silent_on_a_property_that_nothing_reads if {
	count(auto_snapshots.findings) == 0 with input as _host("sanoid", [], [_property("true")])
}

_set(host) := {concat(".", s.option): s.value | some s in settings} if {
	settings := auto_snapshots.settings with input as host
}

test_snapshots_go_on_in_debians_numbers if {
	set := _set(_host("zfs-auto-snapshot", [_property("false")], [_property("true")]))
	{k: v | some k, v in set; startswith(k, "services.")} == {sprintf("services.zfs.autoSnapshot.%s", [k]): v | some k, v in {"enable": true, "daily": 31, "frequent": 4, "hourly": 24, "monthly": 12, "weekly": 8}}
}

test_a_pool_that_says_nothing_gets_the_property if {
	_set(_host("zfs-auto-snapshot", [], []))["systemd.services.zfs-auto-snapshot-property.environment.POOLS"] == "tank"
}

test_nothing_is_written_to_a_pool_before_the_commit if {
	set := _set(_host("zfs-auto-snapshot", [], []))
	{unit | some unit in ["zfs-auto-snapshot-property", "zfs-snapshot-frequent", "zfs-snapshot-monthly"]; "|/var/lib/pve2nix/guard/committed" in set[sprintf("systemd.services.%s.unitConfig.ConditionPathExists", [unit])]} == {"zfs-auto-snapshot-property", "zfs-snapshot-frequent", "zfs-snapshot-monthly"}
	"zfs-snapshot-daily.service" in set["systemd.services.zfs-auto-snapshot-property.wantedBy"]
}

test_nothing_is_set_where_all_is_left_out if {
	count(_set(_host("zfs-auto-snapshot", [_property("false")], []))) == 0
}
