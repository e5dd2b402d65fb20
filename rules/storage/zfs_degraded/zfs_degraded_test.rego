package rules.storage.zfs_degraded_test

import data.rules.storage.zfs_degraded

_host(pool) := {"storage": {"zfs_pools": [object.union({"name": "tank", "root": false, "imported": true}, pool)]}}

test_fires_on_a_degraded_pool if {
	zfs_degraded.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "tank", "health": "DEGRADED"}}} with input as _host({"health": "DEGRADED"})
}

test_silent_on_a_whole_one if {
	count(zfs_degraded.findings) == 0 with input as _host({"health": "ONLINE"})
}

test_silent_when_the_health_is_unknown if {
	count(zfs_degraded.findings) == 0 with input as _host({})
}
