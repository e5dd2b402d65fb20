package rules.conversion.checkpoint_test

import data.rules.conversion.checkpoint

_host(loader, storage, packages) := {
	"system": {"boot": {"loader": loader}},
	"storage": object.union({"block_devices": [], "volume_groups": [], "zfs_pools": [], "storages": [], "mounts": []}, storage),
	"packages": packages,
	"host": {"name": "pve"},
}

_saved(host, name) := x if x := {item | some p in checkpoint.plans; p.path == ["save", name]; some item in p.value} with input as host

test_the_menu_of_grub_is_saved if {
	"/boot/grub" in _saved(_host("grub", {}, []), "files")
}

test_systemd_boot_has_no_menu_on_the_root if {
	_saved(_host("systemd-boot", {}, []), "files") == {"/etc/default/grub", "/etc/fstab", "/etc/kernel/cmdline", "/etc/kernel/proxmox-boot-uuids"}
}

test_disks_with_partitions if {
	disks := [{"name": "sda", "kind": "disk"}, {"name": "sda1", "kind": "part", "parent": "sda"}, {"name": "sdb", "kind": "disk"}, {"name": "dm-0", "kind": "dm"}]
	_saved(_host("grub", {"block_devices": disks}, []), "disks") == {"/dev/sda"}
}

test_a_hostile_name_is_no_disk if {
	disks := [{"name": "../x", "kind": "disk"}, {"name": "p", "kind": "part", "parent": "../x"}]
	_saved(_host("grub", {"block_devices": disks}, []), "disks") == set()
}

test_groups_and_pools_that_are_there if {
	storage := {
		"volume_groups": [{"name": "pve", "uuid": "a"}, {"name": "torn", "uuid": "b", "missing": true}, {"name": "named"}],
		"zfs_pools": [{"name": "tank", "root": false, "imported": true}, {"name": "away", "root": false, "imported": false}],
	}
	_saved(_host("grub", storage, []), "groups") == {"pve"}
	_saved(_host("grub", storage, []), "pools") == {"tank"}
}

test_the_database_of_pve if {
	_saved(_host("grub", {}, [{"name": "pve-cluster", "status": "installed"}]), "databases") == {"/var/lib/pve-cluster/config.db"}
	_saved(_host("grub", {}, []), "databases") == set()
}

test_the_order_is_that_of_names_not_of_places if {
	disks := array.concat([{"name": "sdb", "kind": "disk"}, {"name": "sdb1", "kind": "part", "parent": "sdb"}], [{"name": "sda", "kind": "disk"}, {"name": "sda1", "kind": "part", "parent": "sda"}])
	host := _host("grub", {"block_devices": disks}, [])
	[p | some p in checkpoint.plans; p.path[1] == "disks"] == [{"at": ["/storage/block_devices/0", "/storage/block_devices/2"], "path": ["save", "disks"], "value": ["/dev/sda", "/dev/sdb"]}] with input as host
}

test_two_groups_of_one_name_have_none if {
	host := _host("grub", {"volume_groups": [{"name": "pve", "uuid": "a"}, {"name": "pve", "uuid": "b"}]}, [])
	[p.value | some p in checkpoint.plans; p.path[1] == "groups"] == [] with input as host
}
