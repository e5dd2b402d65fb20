package rules.guests.pci_devices_test

import data.rules.guests.pci_devices

_host(extra) := {"guests": [{"vmid": 104, "type": "qemu", "local": true, "config": array.concat(extra, [
	{"key": "name", "value": "detect01", "fields": []},
	{"key": "hostpci0", "value": "mapping=t4,pcie=1", "fields": [{"name": "mapping", "value": "t4"}]},
	{"key": "hostpci1", "value": "0000:5e:00.0", "fields": [{"name": "host", "value": "0000:5e:00.0"}]},
])}]}

test_fires_once_for_all_devices_of_a_guest if {
	pci_devices.findings == {{
		"at": ["/guests/0/config/1", "/guests/0/config/2"],
		"vars": {"vmid": 104, "name": "detect01", "devices": "0000:5e:00.0, mapping t4"},
	}} with input as _host([])
}

test_silent_on_a_template if {
	count(pci_devices.findings) == 0 with input as _host([{"key": "template", "value": "1", "fields": []}])
}

test_silent_without_devices if {
	count(pci_devices.findings) == 0 with input as {"guests": [{"vmid": 104, "type": "qemu", "local": true, "config": [{"key": "hostname", "value": "x", "fields": []}]}]}
}
