package rules.storage.zfs_full_test

import data.rules.storage.zfs_full

_host(percent) := {"storage": {"zfs_pools": [{"name": "tank", "root": false, "capacity_percent": percent}]}}

test_fires_from_ninety_percent if {
	zfs_full.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "tank", "percent": 90}}} with input as _host(90)
}

test_silent_below if {
	count(zfs_full.findings) == 0 with input as _host(89)
}
