package rules.storage.zfs_multihost_test

import data.rules.storage.zfs_multihost

_host(value) := {"host": {"name": "a"}, "storage": {"storages": [], "mounts": [], "zfs_pools": [{"name": "tank", "root": true, "properties": [{"name": "ashift", "value": "on"}, {"name": "multihost", "value": value}]}]}}

test_fires_when_it_is_on if {
	zfs_multihost.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "tank"}}} with input as _host("on")
}

test_silent_by_default if {
	count(zfs_multihost.findings) == 0 with input as _host("off")
}
