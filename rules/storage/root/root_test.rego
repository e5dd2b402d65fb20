package rules.storage.root_test

import data.rules.storage.root

_root(storage) := x if {
	x := {s.option[2]: s.value | some s in root.settings} with input as {"storage": object.union({"zfs_pools": [], "volume_groups": [], "fstab": [], "mounts": []}, storage)}
}

test_a_data_set_beside_that_of_pve if {
	_root({"zfs_pools": [{"name": "tank", "root": false}, {"name": "rpool", "root": true}]}) == {"device": "rpool/ROOT/nixos", "fsType": "zfs"}
}

test_a_logical_volume if {
	_root({"volume_groups": [{"name": "pve", "root": true}]}) == {"device": "/dev/pve/nixos", "fsType": "ext4"}
}

test_a_subvolume if {
	_root({"fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "btrfs", "options": []}]}) == {"device": "/dev/disk/by-uuid/ab-12", "fsType": "btrfs", "options": ["subvol=@nixos"]}
}

test_a_label_where_nothing_is_known if {
	_root({}) == {"device": "/dev/disk/by-label/nixos", "fsType": "ext4"}
}

test_hostile_names_are_no_devices if {
	_root({"volume_groups": [{"name": "../../x", "root": true}]}).device == "/dev/disk/by-label/nixos"
}
