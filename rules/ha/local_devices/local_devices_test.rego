package rules.ha.local_devices_test

import data.rules.ha.local_devices

_host(device, state) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "memory", "value": "2048"}, device]}],
	"cluster": {
		"nodes": [{"name": "pve1", "id": 1}, {"name": "pve2", "id": 2}],
		"ha_resources": [{"type": "vm", "id": "100", "properties": [{"key": "state", "value": state}]}],
	},
}

test_fires_on_a_device_by_address if {
	local_devices.findings == {{"at": ["/cluster/ha_resources/0", "/guests/0/config/1"], "vars": {"sids": "vm:100"}}} with input as _host({"key": "usb0", "fields": [{"name": "host", "value": "0529:0001"}]}, "started")
}

test_silent_on_a_mapping if {
	count(local_devices.findings) == 0 with input as _host({"key": "hostpci0", "fields": [{"name": "mapping", "value": "gpu"}]}, "started")
}

test_silent_on_a_port_of_the_console if {
	count(local_devices.findings) == 0 with input as _host({"key": "usb0", "fields": [{"name": "host", "value": "spice"}]}, "started")
}

test_silent_where_ha_does_not_run_it if {
	count(local_devices.findings) == 0 with input as _host({"key": "usb0", "fields": [{"name": "host", "value": "0529:0001"}]}, "ignored")
}
