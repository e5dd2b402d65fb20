package rules.libvirt.raw_arguments_test

import data.rules.libvirt.raw_arguments

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

test_fires_on_arguments if {
	raw_arguments.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmid": 100, "name": "unnamed"}}} with input as _host([{"key": "args", "fields": []}])
}

test_silent_without if {
	count(raw_arguments.findings) == 0 with input as _host([{"key": "agent", "value": "1", "fields": []}])
}
