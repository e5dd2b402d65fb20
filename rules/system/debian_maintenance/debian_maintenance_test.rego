package rules.system.debian_maintenance_test

import data.rules.system.debian_maintenance

_host(pools) := {
	"host": {"name": "a"},
	"system": {"cron": [{"schedule": "24 0 8-14 * *", "user": "root", "program": "if", "source": "/etc/cron.d/zfsutils-linux:7"}]},
	"storage": {"zfs_pools": pools, "storages": [], "mounts": []},
}

test_switches_on_scrub_and_trim if {
	{s.option[2] | some s in debian_maintenance.settings} == {"autoScrub", "trim"} with input as _host([{"name": "rpool", "root": true}])
}

test_silent_without_a_pool if {
	count(debian_maintenance.settings) == 0 with input as _host([])
}
