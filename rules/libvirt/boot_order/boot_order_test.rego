package rules.libvirt.boot_order_test

import data.lib.domains_test
import data.rules.libvirt.boot_order

_order(config) := {p.path[1]: p.value | some p in _parts(config); p.path[0] == "boot_order"}

_parts(config) := parts if {
	parts := boot_order.parts with input as domains_test.host([{"vmid": 100, "config": config}])
}

_boot(field, value) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": array.concat(
	[{"key": "boot", "value": "x", "fields": [{"name": field, "value": value}]}],
	[{"key": key, "value": "x", "fields": []} | some key in ["net0", "net10", "net2", "scsi0"]],
)}]}

test_devices_are_numbered if {
	parts := boot_order.parts with input as _boot("order", "scsi0;net0;scsi9;name;scsi0")
	{p.path[1]: p.value | some p in parts; p.path[0] == "boot_order"} == {"scsi0": 1, "net0": 2}
	domains_test.value(parts, "os.bootmenu.enable") == true
	domains_test.value(parts, "os.bios.reboot_timeout") == 1000
}

test_letters_stand_for_all_of_a_kind if {
	parts := boot_order.parts with input as _boot("legacy", "nc")
	{p.path[1]: p.value | some p in parts; p.path[0] == "boot_order"} == {"net0": 1, "net2": 2, "net10": 3}
}

test_without_an_order_it_is_disk_drive_network if {
	_order({"bootdisk": "ide0", "ide0": "local:a", "ide2": "none,media=cdrom", "net0": "virtio=x", "scsi0": "local:b"}) == {"ide0": 1, "ide2": 2, "net0": 3}
	not domains_test.value(_parts({"bios": "ovmf"}), "os.bios.reboot_timeout")
}

test_an_empty_order_is_none if {
	_order({"boot": "", "bootdisk": "ide0", "ide0": "local:a"}) == {}
}
