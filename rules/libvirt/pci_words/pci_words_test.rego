package rules.libvirt.pci_words_test

import data.rules.libvirt.pci_words

_device(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_map(id, path) := {"type": "pci", "id": id, "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": path}]}]}

_host(config) := {
	"host": {"name": "a"}, "packages": [],
	"mappings": [_map("gpu", "0000:01:00"), {"type": "pci", "id": "nics", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "path", "value": path}]} | some path in ["0000:07:00.1", "0000:07:00.0"]]}],
	"hardware": {"pci": [{"address": "0000:01:00.0"}, {"address": "0000:01:00.1"}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

_q35 := {"key": "machine", "value": "q35", "fields": [{"name": "type", "value": "q35"}]}

test_fires_on_words_that_nothing_says if {
	pci_words.findings == {{"at": ["/guests/0/config/0"], "vars": {"words": "100 hostpci0 driver, 100 hostpci0 legacy-igd, 100 hostpci0 vendor-id"}}} with input as _host([_device("hostpci0", {"host": "03:00.0", "legacy-igd": "1", "vendor-id": "0x12345", "driver": "keep"})])
}

_properties(config) := {p.path[2]: {name: [q.type, q.value] | some name, q in p.value.frontend.properties} | some p in set} if set := pci_words.parts with input as _host(config)

test_properties_of_qemu if {
	card := _device("hostpci0", {"host": "03:00.0", "x-vga": "1", "vendor-id": "0x10DE", "sub-device-id": "0x0001"})
	_properties([card]) == {"hostpci0": {"vendor-id": ["unsigned", "4318"], "sub-device-id": ["unsigned", "1"], "x-vga": ["bool", "true"]}}
	count(pci_words.findings) == 0 with input as _host([card])
	_properties([_device("hostpci0", {"host": "03:00.0", "x-vga": "1"}), {"key": "bios", "value": "ovmf", "fields": []}]) == {}
}

test_silent_on_what_is_off if {
	host := _host([_device("hostpci0", {"host": "03:00.0", "x-vga": "0", "driver": "vfio", "rombar": "0"})])
	count(pci_words.findings) + count(pci_words.parts) == 0 with input as host
}
