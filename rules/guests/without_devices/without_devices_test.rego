package rules.guests.without_devices_test

import data.rules.guests.without_devices

_host(config) := {"guests": [{"vmid": 105, "type": "qemu", "local": true, "config": config}]}

test_fires_on_an_empty_file if {
	without_devices.findings == {{"at": ["/guests/0"], "vars": {"vmids": "105"}}} with input as _host([{"key": "lock", "value": "create", "fields": []}])
}

test_silent_on_a_guest_that_boots_from_the_network if {
	count(without_devices.findings) == 0 with input as _host([{"key": "net0", "value": "virtio,bridge=vmbr0", "fields": []}])
}
