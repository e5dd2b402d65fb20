package rules.storage.zfs_schedule_test

import data.rules.storage.zfs_schedule

_host(value) := {"storage": {"zfs_pools": [{"name": "tank", "datasets": [{"name": "tank", "properties": [{"name": "org.debian:periodic-scrub", "value": value}]}]}]}}

test_fires_on_a_pool_that_is_left_out if {
	zfs_schedule.findings == {{"at": ["/storage/zfs_pools/0/datasets/0"], "vars": {"names": "tank"}}} with input as _host("disable")
}

test_silent_on_the_default if {
	count(zfs_schedule.findings) == 0 with input as _host("auto")
}
