package rules.libvirt.usb_twins_test

import data.rules.libvirt.usb_twins

_host(lines, plugged) := {
	"host": {"name": "a"}, "mappings": [],
	"hardware": {"usb": [{"path": path, "vendor": substring(id, 0, 4), "product": substring(id, 5, 4)} | some path, id in plugged]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": key, "value": host, "fields": [{"name": "host", "value": host}]} | some key, host in lines]}],
}

_found(lines, plugged) := findings if {
	findings := usb_twins.findings with input as _host(lines, plugged)
}

test_fires_on_two_with_the_same_ids if {
	_found({"usb0": "1-4"}, {"1-4": "10C4:ea60", "1-5": "10c4:ea60"}) == {{"at": ["/guests/0/config/0"], "vars": {"vmid": 100, "name": "unnamed", "devices": "usb0 10c4:ea60"}}}
}

test_fires_on_two_lines_for_one if {
	{f.vars.devices | some f in _found({"usb0": "10c4:ea60", "usb1": "1-4"}, {"1-4": "10c4:ea60"})} == {"usb0 10c4:ea60, usb1 10c4:ea60"}
}

test_silent_where_each_is_alone if {
	count(_found({"usb0": "10c4:ea60", "usb1": "0529:0001", "usb2": "spice"}, {"1-4": "10c4:ea60", "1-5": "0529:0001", "1-6": "1058:2626", "1-7": "1058:2626"})) == 0
}
