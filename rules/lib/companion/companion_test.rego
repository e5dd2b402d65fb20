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

_gaps := {
	"package_gaps": {"*": "companion", "lib*": "companion", "nmap": "", "pve-*": "webui", "python3-*": "companion", "*-tools": "", "thing": "companion", "driver*": "companion"},
	"companion_leftovers": {"lib*": "a library", "python3-*": "modules"},
	"companion_refused": {"driver*": "a kernel"},
	"companion_refused_packages": {"*-modules": "a kernel"},
	"companion_packages": {"named": {}, "kit-*": {"needs": ["raid"]}, "restore": {"asked": true, "needs": ["kvm"]}, "server": {"service": "server.service"}},
	"companion_types": {"service": {}},
	"companion_units": {},
	"unfree_packages": {"thing": {}},
}

_installed(names) := {"packages": [{"name": name, "status": "installed", "auto": false} | some name in names], "units": [], "storage": _zfs("rpool/ROOT/pve-1")}

_packages(host, answers) := x if {
	x := {name | some name, _ in companion.packages} with input as host with data.catalog as _gaps with data.target as "libvirt" with data.answers as {"packages": answers}
}

_called(names, answers) := _packages(_installed(names), answers)

test_what_was_installed_by_hand_and_nixos_lacks if {
	_called(["acme", "thing", "nmap", "zfs-tools", "pve-x"], {}) == {"acme", "thing"}
	_packages({"packages": [{"name": "acme", "status": "installed", "auto": true}, {"name": "thing", "status": "config-files", "auto": false}, {"name": "part", "status": "installed", "auto": false, "pve": true}]}, {}) == set()
}

test_what_nobody_calls_is_no_reason if {
	_called(["libx1", "python3-y"], {}) == set()
	not companion.wanted with input as _installed(["libx1"]) with data.catalog as _gaps with data.target as "libvirt" with data.answers as {}
	alongside := companion.along with input as _installed(["libx1", "acme"]) with data.catalog as _gaps with data.target as "libvirt" with data.answers as {}
	alongside == {"libx1": "/packages/0"}
}

test_what_is_refused_is_there_on_demand_alone if {
	_called(["driver-x", "odd-modules"], {}) == set()
	_called(["driver-x", "odd-modules"], {"driver-x": {"companion": "its tool"}}) == {"driver-x"}
}

test_what_is_decided_otherwise_is_not_there if {
	_called(["acme", "thing", "named", "kit-a"], {"acme": {"install": "x"}, "thing": {"unfree": "ours"}, "named": {"drop": "old"}}) == {"kit-a"}
	_called(["acme"], {"acme": {"unfree": "of what nixpkgs has not"}}) == {"acme"}
}

test_one_that_is_asked_for_has_what_it_needs if {
	_called(["restore"], {}) == set()
	_called(["restore"], {"restore": {"companion": "files"}}) == {"restore"}
	needed := companion.needs with input as _installed(["restore", "kit-a"]) with data.catalog as _gaps with data.target as "libvirt" with data.answers as {"packages": {"restore": {"companion": "files"}}}
	needed == {"kvm", "raid"}
}

test_hostile_names_of_packages if {
	_called(["a b", "$(x)", "-rf", "A;b", "../x"], {}) == set()
}

test_one_with_commands_alone_starts_when_called if {
	not companion.at_boot with input as _installed(["acme"]) with data.catalog as _gaps with data.target as "libvirt" with data.answers as {}
	companion.at_boot with input as _installed(["acme"]) with data.catalog as _gaps with data.target as "libvirt" with data.answers as {"bridges": {"companion": "yes"}}
}

test_one_that_is_nothing_without_its_service if {
	_called(["server"], {}) == set()
	host := object.union(_installed(["server"]), {"units": [{"name": "server.service", "active_state": "active"}]})
	_packages(host, {}) == set()
	given := {name | some name, _ in companion.packages} with input as host with data.catalog as object.union(_gaps, {"companion_units": {"server.service": {"runs": ["libvirt"]}}}) with data.target as "libvirt" with data.answers as {}
	given == {"server"}
}
