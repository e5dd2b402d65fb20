package rules.boot.next_boot_test

import data.rules.boot.next_boot

_firmware := {"kind": "uefi", "boot_order": ["0001"], "entries": [{"number": "0001", "name": "proxmox"}, {"number": "0007", "name": "Firmware update"}]}

test_fires_on_a_noted_entry if {
	host := {"hardware": {"firmware": object.union(_firmware, {"boot_next": "0007"})}}
	next_boot.findings == {{"at": ["/hardware/firmware/boot_next"], "vars": {"number": "0007", "name": "Firmware update"}}} with input as host
}

test_names_an_entry_that_is_gone if {
	host := {"hardware": {"firmware": object.union(_firmware, {"boot_next": "0009"})}}
	some f in next_boot.findings with input as host
	f.vars.name == "an entry that does not exist"
}

test_silent_without_one if {
	count(next_boot.findings) == 0 with input as {"hardware": {"firmware": _firmware}}
}
