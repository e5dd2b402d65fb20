package rules.conversion.no_way_test

import data.rules.conversion.no_way

_gib := 1073741824

_catalog := {"side_root": {"least": 16 * _gib, "most": 32 * _gib, "pool_percent": 80}}

_why(storage, firmware, boot) := x if {
	x := {i.vars.why | some i in no_way.inhibits} with input as {
		"storage": object.union({"zfs_pools": [], "volume_groups": [], "fstab": [], "mounts": [], "block_devices": []}, storage),
		"hardware": {"firmware": firmware},
		"system": {"boot": object.union({"esps": [], "kernel_parameters": []}, boot)},
	}
		with data.catalog as _catalog
}

_zfs := {"zfs_pools": [{"name": "rpool", "root": true, "free_bytes": 0}], "mounts": [{"target": "/", "source": "rpool/ROOT/pve-1", "type": "zfs"}]}

_kept := {"loader": "systemd-boot", "esps": ["3F1B-9C2A"]}

test_silent_on_a_host_with_a_way if {
	_why(_zfs, {"kind": "uefi"}, _kept) == set()
}

test_silent_where_a_pool_is_full_or_the_root_plain_which_others_say if {
	_why({"volume_groups": [{"name": "pve", "root": true, "size_bytes": 100, "logical_volumes": []}]}, {"kind": "uefi"}, _kept) == set()
	_why({"fstab": [{"spec": "UUID=a", "file": "/", "type": "ext4"}]}, {"kind": "uefi"}, _kept) == set()
}

test_nothing_is_known if {
	_why({}, {}, {}) == {"its boot loader is neither GRUB nor systemd-boot as Proxmox VE has it; its firmware is not known; what its root lies on is not known"}
}

test_a_pool_of_another_kind if {
	_why({"zfs_pools": [{"name": "tank", "root": true}]}, {"kind": "uefi"}, _kept) == {"the data sets of the pool tank are not arranged as PVE's installer does it"}
}

test_a_pool_of_which_nobody_knows_how_full_it_is if {
	_why(json.patch(_zfs, [{"op": "remove", "path": "/zfs_pools/0/free_bytes"}]), {"kind": "uefi"}, _kept) == {"how much is free in the pool rpool is not known"}
}

test_a_btrfs_of_which_nobody_knows_how_full_it_is if {
	root := {"fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "btrfs"}]}
	_why(object.union(root, {"btrfs": [{"mounts": ["/"]}]}), {"kind": "uefi"}, _kept) == {"how much is free in the btrfs of its root is not known"}
	_why(object.union(root, {"btrfs": [{"mounts": ["/"], "free_bytes": 0}]}), {"kind": "uefi"}, _kept) == set()
}

test_a_group_that_is_not_known if {
	_why({"volume_groups": [{"name": "pve", "root": true, "logical_volumes": []}]}, {"kind": "uefi"}, _kept) == {"how much is free in the group pve and its thin pool is not known"}
	_why({"volume_groups": [{"name": "pve", "root": true, "size_bytes": 100, "logical_volumes": [{"name": "data", "kind": "thin-pool", "size_bytes": 90}]}]}, {"kind": "uefi"}, _kept) == {"how much is free in the group pve and its thin pool is not known"}
	_why({"volume_groups": [{"name": "pve", "root": true, "size_bytes": 100, "logical_volumes": [{"name": "data", "kind": "thin-pool", "size_bytes": 90, "data_percent": 99}]}]}, {"kind": "uefi"}, _kept) == set()
}

test_no_system_partition if {
	_why(_zfs, {"kind": "bios"}, {"loader": "grub"}) == {"no EFI system partition of it is known"}
}

test_a_system_partition_without_a_guid if {
	_why(_zfs, {"kind": "uefi"}, {"loader": "grub", "esps": ["3F1B-9C2A"]}) == {"the GUID of its EFI system partition is not known"}
}

test_systemd_boot_on_a_bios_is_a_mistake if {
	_why(_zfs, {"kind": "bios"}, _kept) == {"its boot loader is neither GRUB nor systemd-boot as Proxmox VE has it"}
}
