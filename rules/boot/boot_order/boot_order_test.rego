package rules.boot.boot_order_test

import data.rules.boot.boot_order

_host(order, active) := {"hardware": {"firmware": {
	"kind": "uefi", "boot_current": "0002", "boot_order": order,
	"entries": [
		{"number": "0001", "name": "Windows Boot Manager", "active": active},
		{"number": "0002", "name": "proxmox", "active": true},
	],
}}}

test_fires_where_another_entry_is_first if {
	boot_order.findings == {{
		"at": ["/hardware/firmware/boot_order"],
		"vars": {"current": "0002", "name": "proxmox", "first": "0001", "first_name": "Windows Boot Manager"},
	}} with input as _host(["0001", "0002"], true)
}

test_silent_where_the_other_entry_is_switched_off if {
	count(boot_order.findings) == 0 with input as _host(["0001", "0002"], false)
}

test_silent_where_its_own_is_first if {
	count(boot_order.findings) == 0 with input as _host(["0002", "0001"], true)
}

_mirror(file, esps) := {
	"hardware": {"firmware": {
		"kind": "uefi", "boot_current": "0002", "boot_order": ["0001", "0002"],
		"entries": [
			{"number": "0001", "name": "Linux Boot Manager", "active": true, "partition_uuid": "AAAA-1", "file": file},
			{"number": "0002", "name": "Linux Boot Manager", "active": true, "partition_uuid": "aaaa-2", "file": `\EFI\systemd\systemd-bootx64.efi`},
		],
	}},
	"storage": {"block_devices": [{"name": "sda2", "partition_uuid": "aaaa-1", "links": ["/dev/disk/by-uuid/11D0-0001"]}]},
	"system": {"boot": {"esps": esps}},
}

test_silent_on_the_same_loader_on_the_other_disk_of_a_mirror if {
	count(boot_order.findings) == 0 with input as _mirror(`\EFI\SYSTEMD\systemd-bootx64.efi`, ["11D0-0001", "11D0-0002"])
}

test_fires_on_another_loader_of_that_disk_and_on_a_partition_nobody_keeps if {
	count(boot_order.findings) == 1 with input as _mirror(`\EFI\debian\grubx64.efi`, ["11D0-0001", "11D0-0002"])
	count(boot_order.findings) == 1 with input as _mirror(`\EFI\systemd\systemd-bootx64.efi`, ["11D0-0002"])
}
