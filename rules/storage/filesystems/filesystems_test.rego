package rules.storage.filesystems_test

import data.rules.storage.filesystems

_host(storage) := {"host": {"name": "pve1", "hostid": "8c5f1a2b"}, "storage": object.union(
	{
		"storages": [], "zfs_pools": [], "volume_groups": [], "mounts": [], "fstab": [], "block_devices": [],
	},
	storage,
)}

_options(host) := x if {
	x := {concat(".", s.option): s.value | some s in filesystems.settings} with input as host
}

_storage(type, properties) := {"type": type, "id": sprintf("s-%s", [type]), "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

test_zfs_with_a_data_pool if {
	options := _options(_host({"zfs_pools": [{"name": "rpool", "root": true}, {"name": "tank", "root": false}]}))
	options["boot.supportedFilesystems.zfs"] == true
	options["networking.hostId"] == "8c5f1a2b"
	options["boot.zfs.extraPools"] == ["tank"]
	options["boot.zfs.forceImportRoot"] == false
}

test_a_pool_of_another_node_is_not_imported if {
	options := _options(_host({
		"zfs_pools": [{"name": "tank", "root": false}],
		"storages": [_storage("zfspool", {"pool": "tank/vm", "nodes": "pve2"})],
	}))
	options == {}
}

test_thin_pools_need_their_tools if {
	options := _options(_host({
		"volume_groups": [{"name": "pve", "root": true}],
		"storages": [_storage("lvmthin", {"vgname": "pve", "thinpool": "data"})],
	}))
	options["services.lvm.boot.thin.enable"] == true
	options["services.lvm.dmeventd.enable"] == true
	contains(options["environment.etc.lvm/lvm.conf.text"], "/dev/zd")
}

test_shares_that_pve_mounts_itself if {
	options := _options(_host({"storages": [_storage("nfs", {"server": "a"}), _storage("cifs", {"server": "a"})]}))
	options["boot.supportedFilesystems.cifs"] == true
	options["services.rpcbind.enable"] == true
}

test_a_storage_that_is_switched_off_needs_nothing if {
	_options(_host({"storages": [_storage("nfs", {"disable": ""})]})) == {}
}

test_raid_arrays if {
	_options(_host({"block_devices": [{"name": "md0", "kind": "md", "size_bytes": 1, "links": []}]}))["boot.swraid.enable"] == true
}

_scrub := {"system": {"cron": [{"schedule": "24 0 8-14 * *", "user": "root", "program": "if", "source": "/etc/cron.d/zfsutils-linux:4"}]}}

test_pools_are_scrubbed_as_before if {
	options := _options(object.union(_host({"zfs_pools": [{"name": "rpool", "root": true}]}), _scrub))
	options["services.zfs.autoScrub.enable"] == true
	options["services.zfs.autoScrub.interval"] == "monthly"
}

test_nothing_is_scrubbed_without_pools if {
	options := _options(object.union(_host({}), _scrub))
	not options["services.zfs.autoScrub.enable"]
}

_lvm(path, key, value) := {"path": path, "properties": [{"key": sprintf("activation.%s", [key]), "value": value}]}

test_thin_pools_grow_as_before if {
	found := {s.at: s.value | some s in filesystems.settings; s.option[0] == "environment"} with input.config_files as [
		_lvm("/etc/lvm/lvm.conf", "thin_pool_autoextend_threshold", "80"),
		_lvm("/etc/lvm/lvmlocal.conf", "thin_pool_autoextend_threshold", "70"),
		_lvm("/etc/lvm/lvm.conf", "thin_pool_autoextend_percent", "20\nx = 1"),
	]
	found == {["/config_files/1/properties/0"]: "activation/thin_pool_autoextend_threshold = 70\n"}
}

_filters(lines) := {"path": "/etc/lvm/lvm.conf", "properties": [{"key": k, "value": v} | some [k, v] in lines]}

test_filters_of_this_host_stay if {
	files := [_filters([["devices.global_filter", `["r|/dev/zd.*|", "r|/dev/mapper/backup-.*|"]`], ["devices.filter", `[ "a|^/dev/disk/by-id/wwn-.*|", "r|.*|" ]`]])]
	found := {s.value | some s in filesystems.settings; s.option[2] == "lvm/lvm.conf"} with input as object.union(_host({"storages": [_storage("lvm", {"vgname": "san"})]}), {"config_files": files})
	found == {concat("", [`devices/global_filter = [ "r|/dev/zd.*|", "r|/dev/rbd.*|", "r|/dev/mapper/backup-.*|" ]`, "\n", `devices/filter = [ "a|^/dev/disk/by-id/wwn-.*|", "r|.*|" ]`, "\n"])}
	["/config_files/0/properties/0", "/config_files/0/properties/1"] in {s.at | some s in filesystems.settings} with input.config_files as files
}

# The kernel may count disks in another order, and what is no list of patterns is none.
test_filters_by_names_of_the_kernel_are_left if {
	every value in [`[ "r|/dev/sd[d-g]|", "a|.*|" ]`, `["r|/dev/(sda|sdb)|"]`, "[\"r|x|\" ]\nglobal { }", `"r|$(reboot)|"; x`] {
		count([s | some s in filesystems.settings; s.option[2] == "lvm/lvm.conf"]) == 0 with input.config_files as [_filters([["devices.filter", value]])]
	}
}
