package rules.boot.esp_test

import data.rules.boot.esp

_host(fstab, esps) := {"storage": {"fstab": fstab}, "system": {"boot": {"esps": esps}}}

_options(host) := x if x := {concat(".", s.option): s.value | some s in esp.settings} with input as host

test_the_partition_of_fstab_holds_the_kernels if {
	_options(_host([{"spec": "UUID=6A1C-44F0", "file": "/boot/efi", "type": "vfat", "options": ["defaults"]}], [])) == {
		"boot.loader.efi.efiSysMountPoint": "/boot",
		"fileSystems./boot.device": "/dev/disk/by-uuid/6A1C-44F0",
		"fileSystems./boot.fsType": "vfat",
		"fileSystems./boot.options": ["nofail", "umask=0077"],
	}
}

test_those_of_proxmox_boot_tool_are_not_mounted_by_themselves if {
	options := _options(_host([], ["6A1C-44F0", "6A1D-90AB"]))
	options["fileSystems./boot.device"] == "/dev/disk/by-uuid/6A1C-44F0"
	options["fileSystems./boot.options"] == ["noauto", "umask=0077"]
}

test_a_bios_host_with_a_boot_partition_of_ext4_gets_none if {
	_options(_host([{"spec": "UUID=1", "file": "/boot", "type": "ext4", "options": []}], ["x; rm"])) == {}
}
