package rules.guests.host_ports_test

import data.rules.guests.host_ports

_host(serial) := {"guests": [{"vmid": 120, "type": "qemu", "local": true, "config": [
	{"key": "name", "value": "plc", "fields": []},
	{"key": "serial0", "value": serial, "fields": []},
]}]}

test_fires_on_a_device if {
	host_ports.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 120, "name": "plc", "ports": "/dev/ttyUSB0"}}} with input as _host("/dev/ttyUSB0")
}

test_silent_on_a_socket if {
	count(host_ports.findings) == 0 with input as _host("socket")
}
