package rules.conversion.no_space_test

import data.rules.conversion.no_space

_gib := 1073741824

_catalog := {"side_root": {"least": 16 * _gib, "most": 32 * _gib, "pool_percent": 80}}

_vars(storage) := x if {
	x := {i.vars | some i in no_space.inhibits} with input.storage as object.union({"zfs_pools": [], "volume_groups": [], "fstab": [], "mounts": []}, storage)
		with data.catalog as _catalog
}

_pool(free) := {"zfs_pools": [{"name": "rpool", "root": true, "free_bytes": free}]}

_group(extra) := {"volume_groups": [object.union({"name": "pve", "root": true, "size_bytes": 200 * _gib, "logical_volumes": []}, extra)]}

test_fires_on_a_pool if {
	_vars(_pool(15 * _gib)) == {{"where": "rpool", "free": 15, "least": 16}}
}

test_silent_on_a_pool_with_just_enough if {
	_vars(_pool(16 * _gib)) == set()
}

test_fires_on_a_group if {
	_vars(_group({"free_bytes": 3 * _gib})) == {{"where": "pve", "free": 3, "least": 16}}
}

test_fires_on_a_group_that_is_given_away if {
	_vars(_group({})) == {{"where": "pve", "free": 0, "least": 16}}
}

test_silent_where_a_thin_pool_is_the_place if {
	_vars(_group({"free_bytes": 0, "logical_volumes": [{"name": "data", "kind": "thin-pool", "size_bytes": 1}]})) == set()
}

test_silent_where_nobody_knows_the_group if {
	_vars({"volume_groups": [{"name": "pve", "root": true, "logical_volumes": []}]}) == set()
}
