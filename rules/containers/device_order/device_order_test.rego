package rules.containers.device_order_test

import data.rules.containers.device_order

_host(path) := {"guests": [{"vmid": 217, "type": "lxc", "local": true, "config": [
	{"key": "dev0", "value": path, "fields": [{"name": "path", "value": path}]},
	{"key": "lxc.mount.entry", "value": "/dev/net/tun dev/net/tun none bind,create=file", "fields": []},
]}]}

test_fires_on_a_number if {
	device_order.findings == {{"at": ["/guests/0/config/0"], "vars": {"devices": "/dev/ttyUSB0 (217)"}}} with input as _host("/dev/ttyUSB0")
}

test_fires_on_a_raw_line if {
	host := {"guests": [{"vmid": 217, "type": "lxc", "local": true, "config": [{"key": "lxc.mount.entry", "value": "/dev/bus/usb/001/004 dev/bus/usb/001/004 none bind,create=file", "fields": []}]}]}
	{f.at | some f in device_order.findings} == {["/guests/0/config/0"]} with input as host
}

test_silent_on_a_link if {
	count(device_order.findings) == 0 with input as _host("/dev/serial/by-id/usb-Silabs-port0")
}
