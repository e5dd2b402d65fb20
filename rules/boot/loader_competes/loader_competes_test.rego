package rules.boot.loader_competes_test

import data.rules.boot.loader_competes

_host(esps, fstab) := {"system": {"boot": {"esps": esps}}, "storage": {"fstab": fstab}}

test_fires_on_partitions_of_the_boot_tool if {
	loader_competes.findings == {{"at": ["/system/boot/esps"], "vars": {"where": "2 partitions kept by proxmox-boot-tool"}}} with input as _host(["A", "B"], [])
}

test_fires_on_a_mounted_partition if {
	count(loader_competes.findings) == 1 with input as _host([], [{"file": "/boot/efi", "type": "vfat", "spec": "UUID=A", "options": []}])
}

test_silent_on_bios_without_one if {
	count(loader_competes.findings) == 0 with input as _host([], [{"file": "/boot", "type": "ext4", "spec": "UUID=A", "options": []}])
}
