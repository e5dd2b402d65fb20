package rules.conversion.side_root_test

import data.rules.conversion.side_root

_catalog := {"side_root": {"least": 16, "most": 32, "pool_percent": 80}}

_storage(storage) := {
	"storage": object.union({"zfs_pools": [], "volume_groups": [], "fstab": [], "mounts": []}, storage),
	"system": {"boot": {"kernel_parameters": []}},
}

_layout(host) := x if {
	x := {p.path[1]: p.value | some p in side_root.plans; p.path[0] == "layout"} with input as host with data.catalog as _catalog
}

_group(free, volumes) := _storage({"volume_groups": [{"name": "pve", "root": true, "free_bytes": free, "logical_volumes": volumes}]})

_root := {"name": "root", "kind": "linear", "size_bytes": 24}

_data(percent) := {"name": "data", "kind": "thin-pool", "size_bytes": 1000, "data_percent": percent, "metadata_percent": 3}

test_a_data_set_beside_that_of_pve if {
	_layout(_storage({"zfs_pools": [{"name": "rpool", "root": true, "free_bytes": 100}], "mounts": [{"target": "/", "source": "rpool/ROOT/pve-1", "type": "zfs"}]})) == {"kind": "zfs", "source": "rpool/ROOT", "root": "rpool/ROOT/nixos", "type": "zfs"}
}

test_the_kernel_was_told_the_data_set if {
	host := object.union(_storage({"zfs_pools": [{"name": "rpool", "root": true, "free_bytes": 100}]}), {"system": {"boot": {"kernel_parameters": [{"key": "root", "value": "ZFS=rpool/ROOT/pve-1"}]}}})
	_layout(host).root == "rpool/ROOT/nixos"
}

test_a_pool_of_which_nobody_knows_how_full_it_is_has_no_place if {
	_layout(_storage({"zfs_pools": [{"name": "rpool", "root": true}], "mounts": [{"target": "/", "source": "rpool/ROOT/pve-1", "type": "zfs"}]})) == {"kind": "none"}
}

test_nothing_is_made_below_a_data_set_that_may_not_be_there if {
	_layout(_storage({"zfs_pools": [{"name": "tank", "root": true}], "mounts": [{"target": "/", "source": "tank/pve", "type": "zfs"}]})) == {"kind": "none"}
}

test_a_thin_volume_of_the_size_of_the_root_of_pve if {
	_layout(_group(100, [_data(42), _root])) == {"kind": "lvm-thin", "source": "pve/data", "root": "/dev/pve/nixos", "type": "ext4", "bytes": 24}
}

test_a_volume_of_its_own_where_the_pool_is_too_full if {
	_layout(_group(100, [_data(79), _root])) == {"kind": "lvm", "source": "pve", "root": "/dev/pve/nixos", "type": "ext4", "bytes": 24}
}

test_a_volume_of_its_own_where_nobody_knows_how_full_the_pool_is if {
	_layout(_group(20, [{"name": "data", "kind": "thin-pool", "size_bytes": 1000}, _root])) == {"kind": "lvm", "source": "pve", "root": "/dev/pve/nixos", "type": "ext4", "bytes": 16}
}

test_a_volume_of_its_own_without_a_pool if {
	_layout(_group(100, [])).bytes == 32
}

test_the_pool_that_the_installer_makes_among_several if {
	_layout(_group(0, [object.union(_data(1), {"name": "fast"}), _data(1), _root])).source == "pve/data"
}

test_a_pool_stays_the_place_where_there_is_no_other if {
	_layout(_group(0, [_data(97), _root])).kind == "lvm-thin"
}

test_no_room_in_the_group if {
	_layout(_group(15, [_root])) == {"kind": "none"}
}

_on_btrfs(filesystems) := _storage({"fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "btrfs"}], "btrfs": filesystems})

test_a_subvolume if {
	_layout(_on_btrfs([{"mounts": ["/"], "free_bytes": 0}])) == {"kind": "btrfs", "source": "/dev/disk/by-uuid/ab-12", "root": "/dev/disk/by-uuid/ab-12", "subvolume": "@nixos", "type": "btrfs"}
}

test_a_btrfs_of_which_nobody_knows_how_full_it_is_has_no_place if {
	_layout(_on_btrfs([{"mounts": ["/"]}])) == {"kind": "none"}
	_layout(_on_btrfs([])) == {"kind": "none"}
	_layout(_on_btrfs([{"mounts": ["/"], "free_bytes": 100}, {"mounts": ["/"], "free_bytes": 100}])) == {"kind": "none"}
}

test_a_plain_file_system_has_no_place if {
	_layout(_storage({"fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "ext4"}]})) == {"kind": "none"}
}

test_hostile_names_are_no_place if {
	_layout(_group(100, [object.union(_data(1), {"name": "--config=x"})])).kind == "lvm"
}

test_two_of_one_name_are_no_place if {
	two := {"name": "pve", "root": true, "size_bytes": 200, "free_bytes": 100, "logical_volumes": []}
	_layout(_storage({"volume_groups": [two, object.union(two, {"free_bytes": 99})]})) == {"kind": "none"}
	pool := {"name": "rpool", "root": true, "free_bytes": 100}
	mounts := [{"target": "/", "source": "rpool/ROOT/pve-1", "type": "zfs"}]
	_layout(_storage({"zfs_pools": [pool, object.union(pool, {"free_bytes": 99})], "mounts": mounts})) == {"kind": "none"}
	_layout(_group(0, [_data(1), _data(2)])) == {"kind": "none"}
	_layout(_group(100, [_root, object.union(_root, {"size_bytes": 20})])).bytes == 24
}
