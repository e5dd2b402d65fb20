package rules.conversion.thin_pool_full_test

import data.rules.conversion.thin_pool_full

_gib := 1073741824

_catalog := {"side_root": {"least": 16 * _gib, "most": 32 * _gib, "pool_percent": 80}}

_why(free, pool) := x if {
	group := {"name": "pve", "root": true, "free_bytes": free, "logical_volumes": [object.union({"name": "data", "kind": "thin-pool", "size_bytes": 1000 * _gib}, pool)]}
	x := {i.vars.why | some i in thin_pool_full.inhibits; i.vars.pool == "pve/data"} with input.storage as {"zfs_pools": [], "volume_groups": [group], "fstab": [], "mounts": []}
		with data.catalog as _catalog
}

test_fires_on_full_data if {
	_why(0, {"data_percent": 77, "metadata_percent": 3}) == {"its data is full to 77 %, and a side root needs 32 GiB below 80 %"}
}

test_fires_on_full_metadata if {
	_why(0, {"data_percent": 10, "metadata_percent": 81}) == {"its metadata is full to 81 %, and 80 % is the limit"}
}

test_fires_where_it_is_not_known if {
	_why(0, {}) == {"how full it is is not known"}
}

test_silent_with_room_left if {
	_why(0, {"data_percent": 76, "metadata_percent": 80}) == set()
}

test_silent_where_the_group_has_room_beside_it if {
	_why(16 * _gib, {"data_percent": 97, "metadata_percent": 3}) == set()
}
