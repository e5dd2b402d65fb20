package rules.guests.usb_ports_test

import data.rules.guests.usb_ports

_host(device) := {"guests": [{"vmid": 102, "type": "qemu", "local": true, "config": [{"key": "usb0", "value": device, "fields": [{"name": "host", "value": device}]}]}]}

test_fires_on_a_port if {
	usb_ports.findings == {{"at": ["/guests/0/config/0"], "vars": {"devices": "102 usb0"}}} with input as _host("1-4.2")
}

test_silent_on_ids if {
	count(usb_ports.findings) == 0 with input as _host("0529:0001")
}

test_silent_on_spice if {
	count(usb_ports.findings) == 0 with input as _host("spice")
}
