package rules.conversion.start_path_test

import data.rules.conversion.start_path

_boot(host) := x if x := {p.path[1]: p.value | some p in start_path.plans} with input as host

_guid := "0f8e7d6c-5b4a-4938-8271-605040302010"

_host(firmware, loader, esps, storage) := {
	"hardware": {"firmware": firmware},
	"system": {"boot": {"loader": loader, "esps": esps}},
	"storage": object.union({"fstab": [], "block_devices": []}, storage),
}

_disk := {"block_devices": [{"name": "sda2", "kind": "part", "content": "vfat", "uuid": "3F1B-9C2A", "partition_uuid": _guid, "partition_type": "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "links": ["/dev/disk/by-uuid/3F1B-9C2A"]}]}

_mounted := {"fstab": [{"spec": "UUID=3F1B-9C2A", "file": "/boot/efi", "type": "vfat"}]}

test_systemd_boot_on_all_partitions_of_proxmox_boot_tool if {
	_boot(_host({"kind": "uefi"}, "systemd-boot", ["3F1B-9C2A", "3F1C-0001"], _disk)) == {"kind": "systemd-boot", "esps": [{"uuid": "3F1B-9C2A", "partition": _guid}, {"uuid": "3F1C-0001"}]}
}

test_the_firmware_starts_what_lies_on_a_partition_with_a_guid if {
	_boot(_host({"kind": "uefi"}, "grub", [], object.union(_disk, _mounted))) == {"kind": "grub-uefi", "esps": [{"uuid": "3F1B-9C2A", "partition": _guid}]}
}

test_a_link_tells_the_guid if {
	links := {"block_devices": [{"name": "sda2", "kind": "part", "links": ["/dev/disk/by-uuid/3F1B-9C2A", concat("", ["/dev/disk/by-partuuid/", _guid])]}]}
	_boot(_host({"kind": "uefi"}, "grub", [], object.union(links, _mounted))).esps == [{"uuid": "3F1B-9C2A", "partition": _guid}]
}

test_fstab_names_the_device if {
	_boot(_host({"kind": "uefi"}, "grub", [], object.union(_disk, {"fstab": [{"spec": "/dev/sda2", "file": "/boot/efi", "type": "vfat"}]}))).kind == "grub-uefi"
}

test_no_way_where_the_guid_is_not_known if {
	_boot(_host({"kind": "uefi"}, "grub", [], _mounted)) == {"kind": "none", "esps": []}
}

test_grub_of_a_bios_reads_the_menu_on_the_root if {
	_boot(_host({"kind": "bios"}, "grub", [], _disk)) == {"kind": "grub-bios", "esps": [{"uuid": "3F1B-9C2A", "partition": _guid}], "config": "/boot/grub"}
}

test_grub_of_a_bios_reads_the_menu_on_the_partitions_that_are_kept if {
	_boot(_host({"kind": "bios"}, "grub", ["3F1B-9C2A"], _disk)) == {"kind": "grub-bios", "esps": [{"uuid": "3F1B-9C2A", "partition": _guid}]}
}

test_one_of_several_unknown_partitions_is_not_guessed if {
	two := {"block_devices": array.concat(_disk.block_devices, [object.union(_disk.block_devices[0], {"name": "sdb2", "uuid": "0000-0001", "links": []})])}
	_boot(_host({"kind": "bios"}, "grub", [], two)).kind == "none"
}

test_a_firmware_that_nobody_knows_is_no_way if {
	_boot(_host({}, "grub", ["3F1B-9C2A"], _disk)).kind == "none"
}
