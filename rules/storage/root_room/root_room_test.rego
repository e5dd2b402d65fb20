package rules.storage.root_room_test

import data.rules.storage.root_room

_base := {"host": {"name": "a"}}

_zfs(free) := object.union(_base, {"storage": {
	"zfs_pools": [{"name": "rpool", "root": true, "free_bytes": free}],
	"volume_groups": [],
	"fstab": [],
	"mounts": [],
}})

_lvm(free, full) := object.union(_base, {"storage": {"zfs_pools": [], "fstab": [], "mounts": [], "volume_groups": [{
	"name": "pve",
	"root": true,
	"size_bytes": 500000000000,
	"free_bytes": free,
	"logical_volumes": [
		{"name": "root", "kind": "linear", "size_bytes": 100000000000},
		{"name": "data", "kind": "thin-pool", "size_bytes": 107374182400, "data_percent": full},
	],
}]}})

test_fires_on_a_pool_without_room if {
	root_room.findings == {{"at": ["/storage/zfs_pools/0"], "vars": {"place": "the pool rpool", "free": 10, "want": 24}}} with input as _zfs(10737418240)
}

test_takes_the_fuller_of_two_pools_of_one_name if {
	{f.vars.free | some f in root_room.findings} == {10} with input as json.patch(_zfs(10737418240), [{"op": "add", "path": "/storage/zfs_pools/1", "value": {"name": "rpool", "free_bytes": 640000000000}}])
}

test_silent_on_a_pool_with_room if {
	count(root_room.findings) == 0 with input as _zfs(25769803776)
}

test_fires_on_a_full_group if {
	root_room.findings == {{"at": ["/storage/volume_groups/0"], "vars": {"place": "the volume group pve", "free": 20, "want": 24}}} with input as _lvm(1073741824, 80)
}

test_fires_on_a_group_without_a_free_extent if {
	host := json.patch(_lvm(0, 80), [{"op": "remove", "path": "/storage/volume_groups/0/free_bytes"}, {"op": "remove", "path": "/storage/volume_groups/0/logical_volumes"}])
	{f.vars.free | some f in root_room.findings} == {0} with input as host
}

test_silent_when_nobody_asked_lvm if {
	host := json.patch(_lvm(0, 80), [{"op": "remove", "path": "/storage/volume_groups/0/free_bytes"}, {"op": "remove", "path": "/storage/volume_groups/0/size_bytes"}])
	count(root_room.findings) == 0 with input as host
}

test_silent_when_the_thin_pool_has_room if {
	count(root_room.findings) == 0 with input as _lvm(1073741824, 50)
}

_inhibits(host) := x if {
	x := {i.vars.free | some i in root_room.inhibits} with input as host
		with data.catalog as {"side_root": {"least": 17179869184, "most": 34359738368, "pool_percent": 80}}
}

test_the_conversion_is_refused_below_the_smallest_root if {
	_inhibits(_zfs(17179869183)) == {15}
	_inhibits(_zfs(17179869184)) == set()
	_inhibits(_lvm(1073741824, 85)) == {15}
	_inhibits(_lvm(17179869184, 85)) == set()
}

_btrfs(filesystems) := object.union(_base, {"storage": {
	"zfs_pools": [],
	"volume_groups": [],
	"fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "btrfs"}],
	"mounts": [],
	"btrfs": filesystems,
}})

test_fires_on_a_btrfs_without_room if {
	host := _btrfs([{"uuid": "cd-34", "mounts": ["/srv"], "free_bytes": 1}, {"uuid": "ab-12", "mounts": ["/", "/var/lib/pve/local-btrfs"], "free_bytes": 10737418240}])
	root_room.findings == {{"at": ["/storage/fstab/0"], "vars": {"place": "the btrfs of the root", "free": 10, "want": 24}}} with input as host
	_inhibits(host) == {10}
}

test_a_btrfs_with_nothing_left_is_refused if {
	_inhibits(_btrfs([{"uuid": "ab-12", "mounts": ["/"], "free_bytes": 0}])) == {0}
}

test_silent_on_a_btrfs_with_room_or_that_nobody_measured if {
	count(root_room.findings) == 0 with input as _btrfs([{"uuid": "ab-12", "mounts": ["/"], "free_bytes": 25769803776}])
	count(root_room.findings) == 0 with input as _btrfs([{"uuid": "ab-12", "mounts": ["/"]}])
	count(root_room.findings) == 0 with input as _btrfs([])
}
