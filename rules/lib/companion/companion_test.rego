package lib.companion_test

import data.lib.companion

_catalog := {
	"companion_types": {"service": {}},
	"companion_base": {},
	"companion_units": {"webmin.service": {"runs": ["libvirt"]}},
}

_host(storage) := {
	"host": {"name": "pve"},
	"units": [{"name": "webmin.service", "file_state": "enabled"}],
	"storage": object.union({"zfs_pools": [], "volume_groups": [], "fstab": [], "mounts": [], "storages": []}, storage),
}

_clone(host) := x if {
	x := {key: value | companion.exists; some key, value in companion.clone} with input as host with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
}

_zfs(source) := {"zfs_pools": [{"name": "rpool", "root": true}], "mounts": [{"target": "/", "type": "zfs", "source": source, "options": []}]}

_lvm(kind, name) := {
	"volume_groups": [{"name": "pve", "root": true, "logical_volumes": [{"name": name, "kind": kind}, {"name": "data", "kind": "thin-pool"}]}],
	"mounts": [{"target": "/", "type": "ext4", "source": "/dev/mapper/pve-root", "options": ["rw"]}],
}

_btrfs(options) := {
	"fstab": [{"spec": "UUID=ab-12", "file": "/", "type": "btrfs"}],
	"mounts": [{"target": "/", "type": "btrfs", "source": "/dev/sda3", "options": options}],
}

test_a_clone_beside_the_data_set if {
	_clone(_host(_zfs("rpool/ROOT/pve-1"))) == {"kind": "zfs", "source": "rpool/ROOT/pve-1", "root": "rpool/ROOT/companion"}
}

test_a_snapshot_of_a_thin_volume if {
	_clone(_host(_lvm("thin", "root"))) == {"kind": "lvm-thin", "source": "pve/root", "root": "/dev/pve/companion"}
}

test_a_thick_volume_has_none if {
	_clone(_host(_lvm("linear", "root"))) == {}
}

test_a_thin_volume_that_is_not_the_root_has_none if {
	_clone(_host(_lvm("thin", "other"))) == {}
}

test_a_snapshot_of_the_subvolume if {
	_clone(_host(_btrfs(["rw", "subvol=/@"]))) == {"kind": "btrfs", "source": "/dev/disk/by-uuid/ab-12", "of": "@", "root": "/dev/disk/by-uuid/ab-12", "subvolume": "@companion"}
}

test_the_top_of_the_file_system if {
	_clone(_host(_btrfs(["subvol=/", "subvolid=5"]))).of == ""
}

test_hostile_names_have_none if {
	_clone(_host(_btrfs(["subvol=/../@"]))) == {}
	_clone(_host(_zfs("rpool/ROOT/-x"))) == {}
	_clone(_host(_zfs("rpool"))) == {}
}

test_nothing_without_a_unit_for_it if {
	_clone(object.union(_host(_zfs("rpool/ROOT/pve-1")), {"units": [{"name": "webmin.service", "file_state": "disabled", "active_state": "inactive"}]})) == {}
}
