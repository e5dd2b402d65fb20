package rules.storage.thin_full_test

import data.rules.storage.thin_full

_host(kind, used, metadata) := {"storage": {"volume_groups": [{"name": "pve", "logical_volumes": [{"name": "data", "kind": kind, "data_percent": used, "metadata_percent": metadata}]}]}}

test_fires_on_data if {
	thin_full.findings == {{"at": ["/storage/volume_groups/0/logical_volumes/0"], "vars": {"pool": "pve/data", "data": 85, "metadata": 10}}} with input as _host("thin-pool", 85, 10)
}

test_fires_on_metadata if {
	count(thin_full.findings) == 1 with input as _host("thin-pool", 20, 75)
}

test_silent_below_both if {
	count(thin_full.findings) == 0 with input as _host("thin-pool", 84, 74)
}

test_silent_on_a_full_volume_of_a_guest if {
	count(thin_full.findings) == 0 with input as _host("thin", 100, 0)
}

_gib := 1073741824

_vars(free, full, metadata) := x if {
	pool := {"name": "data", "kind": "thin-pool", "size_bytes": 1000 * _gib, "data_percent": full, "metadata_percent": metadata}
	groups := [{"name": "old", "logical_volumes": [pool]}, {"name": "pve", "root": true, "free_bytes": free, "logical_volumes": [pool]}]
	x := {[i.at[0], i.vars.data] | some i in thin_full.inhibits} with input.storage as {"zfs_pools": [], "fstab": [], "mounts": [], "volume_groups": groups}
		with data.catalog as {"side_root": {"least": 16 * _gib, "most": 32 * _gib, "pool_percent": 80}}
}

_at := "/storage/volume_groups/1/logical_volumes/0"

test_the_conversion_is_refused_where_the_side_root_would_fill_the_pool if {
	_vars(0, 77, 3) == {[_at, 77]}
	_vars(0, 10, 81) == {[_at, 10]}
}

test_the_conversion_goes_on_with_room_in_the_pool_or_beside_it if {
	_vars(0, 76, 80) == set()
	_vars(16 * _gib, 97, 3) == set()
}
