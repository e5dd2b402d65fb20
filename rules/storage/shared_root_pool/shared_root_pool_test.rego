package rules.storage.shared_root_pool_test

import data.rules.storage.shared_root_pool

_host(is_root) := {"storage": {"zfs_pools": [{"name": "rpool", "root": is_root}], "volume_groups": [], "fstab": [], "mounts": []}}

test_fires_when_the_root_is_on_the_pool if {
	shared_root_pool.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"pool": "rpool"}}} with input as _host(true)
}

test_silent_on_a_data_pool if {
	count(shared_root_pool.findings) == 0 with input as _host(false)
}
