package rules.boot.loader_test

import data.rules.boot.loader

_host(firmware, name) := {
	"hardware": {"firmware": firmware},
	"system": {"boot": {"loader": name}},
	"storage": {"fstab": []},
}

_options(host) := x if x := {concat(".", s.option): s.value | some s in loader.settings} with input as host

test_systemd_boot_leaves_the_variables_alone if {
	_options(_host({"kind": "uefi"}, "systemd-boot")) == {
		"boot.loader.systemd-boot.enable": true,
		"boot.loader.systemd-boot.configurationLimit": 3,
		"boot.loader.efi.canTouchEfiVariables": false,
		"boot.loader.grub.enable": false,
	}
}

test_grub_on_uefi_installs_nothing_on_a_disk if {
	_options(_host({"kind": "uefi"}, "grub")) == {
		"boot.loader.grub.enable": true,
		"boot.loader.grub.devices": ["nodev"],
		"boot.loader.grub.efiSupport": true,
		"boot.loader.grub.configurationLimit": 3,
		"boot.loader.efi.canTouchEfiVariables": false,
	}
}

test_bios_has_no_efi if {
	_options(_host({"kind": "bios"}, "grub"))["boot.loader.grub.efiSupport"] == false
	not _options(_host({"kind": "bios"}, "grub"))["boot.loader.efi.canTouchEfiVariables"]
}

test_a_tree_without_firmware_is_judged_by_its_loader if {
	_options(_host({}, "systemd-boot"))["boot.loader.systemd-boot.enable"] == true
}

# Its menu is /grub/grub.cfg on the partition, which NixOS must not write.
test_the_menu_of_proxmox_boot_tool_is_left_alone if {
	bios := object.union(_host({"kind": "bios"}, "grub"), {"system": {"boot": {"loader": "grub", "esps": ["6E00-77A1"]}}})
	_options(bios)["boot.loader.grub.mirroredBoots"] == [{"devices": ["nodev"], "path": "/boot/nixos"}]
	not _options(bios)["boot.loader.grub.devices"]
	uefi := object.union(bios, {"hardware": {"firmware": {"kind": "uefi"}}})
	_options(uefi)["boot.loader.grub.mirroredBoots"] == [{"devices": ["nodev"], "path": "/boot/nixos", "efiSysMountPoint": "/boot"}]
	mounted := object.union(uefi, {"storage": {"fstab": [{"spec": "UUID=6A1C-44F0", "file": "/boot/efi", "type": "vfat", "options": []}]}})
	_options(mounted)["boot.loader.grub.devices"] == ["nodev"]
	not _options(mounted)["boot.loader.grub.mirroredBoots"]
}
