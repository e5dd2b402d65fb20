package rules.guests.firmware_without_disk_test

import data.rules.guests.firmware_without_disk

_host(bios, more) := {"guests": [{"vmid": 111, "type": "qemu", "local": true, "config": array.concat([{"key": "bios", "value": bios, "fields": []}], more)}]}

test_fires_without_an_efi_disk if {
	firmware_without_disk.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "111"}}} with input as _host("ovmf", [])
}

test_silent_with_an_efi_disk if {
	count(firmware_without_disk.findings) == 0 with input as _host("ovmf", [{"key": "efidisk0", "value": "x", "fields": []}])
}

test_silent_on_bios if {
	count(firmware_without_disk.findings) == 0 with input as _host("seabios", [])
}
