package rules.guests.mapping_elsewhere_test

import data.rules.guests.mapping_elsewhere

_host(node) := {
	"capture": {"areas": [{"name": "mappings", "status": "known"}]},
	"host": {"name": "pve1"},
	"mappings": [{"type": "pci", "id": "gpu", "properties": [
		{"key": "description", "value": "card", "fields": []},
		{"key": "map", "value": "x", "fields": [{"name": "node", "value": node}, {"name": "path", "value": "0000:01:00.0"}]},
	]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "name", "value": "ws", "fields": []},
		{"key": "hostpci0", "value": "mapping=gpu", "fields": [{"name": "mapping", "value": "gpu"}]},
		{"key": "hostpci1", "value": "0000:02:00.0", "fields": [{"name": "host", "value": "0000:02:00.0"}]},
	]}],
}

test_fires_on_a_mapping_of_another_node if {
	mapping_elsewhere.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 100, "name": "ws", "mappings": "gpu"}}} with input as _host("pve2")
}

test_silent_on_a_mapping_of_this_node if {
	count(mapping_elsewhere.findings) == 0 with input as _host("pve1")
}

test_silent_when_mappings_are_unknown if {
	count(mapping_elsewhere.findings) == 0 with input as object.union(_host("pve2"), {"capture": {"areas": []}})
}

test_silent_on_a_usb_mapping_by_ids_alone if {
	host := object.union(_host("pve1"), {
		"mappings": [{"type": "usb", "id": "dongle", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve1"}, {"name": "id", "value": "0529:0001"}]}]}],
		"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "usb0", "value": "mapping=dongle", "fields": [{"name": "mapping", "value": "dongle"}]}]}],
	})
	count(mapping_elsewhere.findings) == 0 with input as host
}
