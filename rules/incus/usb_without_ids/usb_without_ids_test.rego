package rules.incus.usb_without_ids_test

import data.rules.incus.usb_without_ids

_host(fields) := {
	"host": {"name": "pve"},
	"mappings": [{"type": "usb", "id": "zigbee", "properties": [{"key": "map", "value": "x", "fields": [{"name": "node", "value": "pve"}, {"name": "id", "value": "10C4:EA60"}]}]}],
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "usb0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}]}],
}

_devices(fields) := {p.path[1]: p.value | some p in set} if set := usb_without_ids.parts with input as _host(fields)

test_devices_by_their_ids if {
	_devices({"host": "046d:c52b", "usb3": "1"}) == {"usb0": {"type": "usb", "vendorid": "046d", "productid": "c52b", "required": "false"}}
	_devices({"mapping": "zigbee"}) == {"usb0": {"type": "usb", "vendorid": "10c4", "productid": "ea60", "required": "false"}}
	count(usb_without_ids.findings) == 0 with input as _host({"mapping": "zigbee"})
}

_twice(n) := object.union(_host({"host": "1-4"}), {"hardware": {"usb": array.concat(
	[{"path": "1-3", "vendor": "1d6b", "product": "0002"}],
	[{"path": sprintf("1-%d", [4 + i]), "vendor": "10C4", "product": "EA60"} | some i in numbers.range(0, n - 1)],
)}})

test_what_was_in_a_port if {
	{p.value.productid | some p in usb_without_ids.parts} == {"ea60"} with input as _twice(1)
	count(usb_without_ids.findings) == 0 with input as _twice(1)
	count(usb_without_ids.findings) == 1 with input as _twice(2)
}

test_ports_and_viewers if {
	usb_without_ids.findings == {{"at": ["/guests/0/config/0"], "vars": {"devices": "100 usb0"}}} with input as _host({"host": "1-4"})
	count(usb_without_ids.findings) == 0 with input as _host({"host": "spice"})
	count(usb_without_ids.findings) == 1 with input as _host({"mapping": "gone"})
}
