package rules.guests.pci_absent_test

import data.rules.guests.pci_absent

_host(status, address) := {
	"capture": {"areas": [{"name": "hardware.pci", "status": status}]},
	"host": {"name": "pve1"},
	"hardware": {"pci": [{"address": "0000:01:00.0", "class": "030000"}]},
	"mappings": [{"type": "pci", "id": "nic", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve1"}, {"name": "path", "value": address}]}]}],
	"guests": [{"vmid": 119, "type": "qemu", "local": true, "config": [
		{"key": "name", "value": "fw", "fields": []},
		{"key": "hostpci0", "value": "mapping=nic", "fields": [{"name": "mapping", "value": "nic"}]},
	]}],
}

test_fires_on_an_address_without_a_device if {
	pci_absent.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 119, "name": "fw", "devices": "0000:03:00.0"}}} with input as _host("known", "0000:03:00.0;0000:01:00.0")
}

test_silent_on_all_functions_of_a_device if {
	count(pci_absent.findings) == 0 with input as _host("known", "01:00")
}

test_silent_when_devices_are_unknown if {
	count(pci_absent.findings) == 0 with input as _host("unknown", "0000:03:00.0")
}
