package rules.storage.zfs_units_masked_test

import data.rules.storage.zfs_units_masked

_host(state, pools) := {"host": {"name": "a"}, "units": [{"name": "zfs-mount.service", "file_state": state}], "storage": {"storages": [], "mounts": [], "zfs_pools": pools}}

_pools := [{"name": "rpool", "root": true}]

test_fires_on_a_masked_unit if {
	zfs_units_masked.findings == {{"at": ["/units/0"], "vars": {"units": "zfs-mount.service", "first": "zfs-mount.service"}}} with input as _host("masked", _pools)
}

test_silent_on_one_that_is_only_off if {
	count(zfs_units_masked.findings) == 0 with input as _host("disabled", _pools)
}

test_silent_without_a_pool if {
	count(zfs_units_masked.findings) == 0 with input as _host("masked", [])
}
