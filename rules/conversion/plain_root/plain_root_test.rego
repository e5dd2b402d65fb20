package rules.conversion.plain_root_test

import data.rules.conversion.plain_root

_said(fstab, crypttab) := x if {
	x := {[i.at, i.vars.type] | some i in plain_root.inhibits} with input.storage as {"zfs_pools": [], "volume_groups": [], "fstab": fstab, "mounts": [], "crypttab": crypttab}
}

test_fires_on_a_partition if {
	_said([{"spec": "UUID=ab-12", "file": "/", "type": "xfs"}], []) == {[["/storage/fstab/0"], "xfs"]}
}

test_silent_on_a_logical_volume_and_on_btrfs if {
	_said([{"spec": "/dev/mapper/pve-root", "file": "/", "type": "ext4"}], []) == set()
	_said([{"spec": "UUID=ab-12", "file": "/", "type": "btrfs"}], []) == set()
}
