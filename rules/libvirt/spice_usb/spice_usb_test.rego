package rules.libvirt.spice_usb_test

import data.rules.libvirt.spice_usb

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

test_fires_on_a_port_without_spice if {
	spice_usb.findings == {{"at": ["/guests/0/config/0"], "vars": {"ports": "100 usb0"}}} with input as _host([_line("usb0", {"host": "spice"})])
}

test_silent_with_spice if {
	count(spice_usb.findings) == 0 with input as _host([_line("usb0", {"host": "spice"}), {"key": "vga", "value": "qxl", "fields": [{"name": "type", "value": "qxl"}]}])
}

test_silent_on_a_device if {
	count(spice_usb.findings) == 0 with input as _host([_line("usb0", {"host": "046d:c52b"})])
}
