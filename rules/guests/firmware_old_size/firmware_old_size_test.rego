package rules.guests.firmware_old_size_test

import data.rules.guests.firmware_old_size

_host(fields) := {"guests": [{"vmid": 112, "type": "qemu", "local": true, "config": [{"key": "efidisk0", "value": "x", "fields": array.concat([{"name": "file", "value": "tank:vm-112-disk-0"}], fields)}]}]}

test_fires_without_a_type if {
	firmware_old_size.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "112"}}} with input as _host([])
}

test_fires_on_the_old_type if {
	count(firmware_old_size.findings) == 1 with input as _host([{"name": "efitype", "value": "2m"}])
}

test_silent_on_the_new_type if {
	count(firmware_old_size.findings) == 0 with input as _host([{"name": "efitype", "value": "4m"}])
}
