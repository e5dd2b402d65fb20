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
