package rules.libvirt.usb_devices_test

import data.rules.libvirt.usb_devices

_line(key, options) := {"key": key, "value": "x", "fields": [{"name": k, "value": v} | some k, v in options]}

_host(config) := {
	"host": {"name": "a"}, "packages": [{"name": "pve-qemu-kvm", "status": "installed", "version": "10.1.2-3"}],
	"mappings": [
		{"type": "usb", "id": "stick", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "a"}, {"name": "id", "value": "10C4:EA60"}]}]},
		{"type": "usb", "id": "other", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "b"}, {"name": "id", "value": "10c4:ea60"}]}]},
	],
	"hardware": {"usb": [{"path": "1-4", "vendor": "0529", "product": "0001"}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}],
}

_catalog := {"libvirt_slots": {"xhci": {"bus": 1, "slot": 27}}}

_linux := {"key": "ostype", "value": "l26", "fields": []}

_values(config) := values if {
	parts := usb_devices.parts with input as _host(config) with data.catalog as _catalog
	values := {p.path[1]: {p.path[2]: p.value} | some p in parts}
}

test_a_device_by_ids_on_usb_3 if {
	usb_devices.parts == {
		{"at": ["/guests/0/config/1"], "document": ["domains", "100"], "path": ["devices", "controllers", "xhci"], "value": {"type": "usb", "index": 1, "model": "qemu-xhci", "ports": 15, "alias": {"name": "ua-xhci"}, "address": {"type": "pci", "domain": "0x0000", "bus": "0x01", "slot": "0x1b", "function": "0x0"}}},
		{"at": ["/guests/0/config/1"], "document": ["domains", "100"], "path": ["devices", "hostdevs", "usb2"], "value": {
			"mode": "subsystem", "type": "usb", "managed": true, "source": {"startup_policy": "optional", "vendor": {"id": "0x046d"}, "product": {"id": "0xc52b"}},
			"alias": {"name": "ua-usb2"}, "address": {"type": "usb", "bus": "1", "port": "3"},
		}},
	} with input as _host([_linux, _line("usb2", {"host": "046D:c52b"})]) with data.catalog as _catalog
}

test_a_port_is_what_is_plugged_in_there if {
	_values([_line("usb0", {"host": "1-4"})]).hostdevs.usb0.source.vendor.id == "0x0529"
}

test_a_mapping_of_this_node if {
	_values([_line("usb0", {"mapping": "stick"})]).hostdevs.usb0.source.product.id == "0xea60"
}

test_a_mapping_of_another_node_is_no_device if {
	_values([_line("usb0", {"mapping": "other"})]) == {}
}

test_an_older_guest_asks_for_usb_3 if {
	values := _values([{"key": "ostype", "value": "win7", "fields": []}, _line("usb0", {"host": "046d:c52b", "usb3": "1"})])
	values.controllers.xhci.model == "nec-xhci"
	values.hostdevs.usb0.address == {"type": "usb", "bus": "1"}
}

test_windows_has_the_new_controller if {
	_values([{"key": "ostype", "value": "win11", "fields": []}, {"key": "machine", "value": "pc-q35-9.0", "fields": [{"name": "type", "value": "pc-q35-9.0"}]}, _line("usb0", {"host": "046d:c52b"})]).controllers.xhci.model == "qemu-xhci"
}

test_spice_has_a_port if {
	_values([{"key": "vga", "value": "qxl", "fields": [{"name": "type", "value": "qxl"}]}, _line("usb0", {"host": "spice"})]).redirdevs.usb0 == {"bus": "usb", "type": "spicevmc", "alias": {"name": "ua-usb0"}}
}

test_no_port_without_spice if {
	_values([_line("usb0", {"host": "spice"})]) == {}
}
