package rules.libvirt.ports_test

import data.rules.libvirt.ports

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

_values(config) := values if {
	parts := ports.parts with input as _host(config)
	values := {p.path[2]: p.value | some p in parts}
}

test_a_socket_is_a_terminal if {
	ports.parts == {{"at": ["/guests/0/config/0"], "document": ["domains", "100"], "path": ["devices", "serials", "serial0"], "value": {"type": "pty", "target": {"type": "isa-serial", "port": 0, "model": {"name": "isa-serial"}}, "alias": {"name": "ua-serial0"}}}} with input as _host([{"key": "serial0", "value": "socket", "fields": []}])
}

test_devices_keep_their_names if {
	values := _values([{"key": "serial1", "value": "/dev/ttyS0", "fields": []}, {"key": "parallel0", "value": "/dev/parport0", "fields": []}])
	values.serial1.source == {"path": "/dev/ttyS0"}
	values.parallel0 == {"type": "dev", "source": {"path": "/dev/parport0"}, "target": {"port": 0}}
}

test_other_text_is_no_port if {
	_values([{"key": "serial1", "value": "/dev/../etc/shadow", "fields": []}, {"key": "parallel0", "value": "socket", "fields": []}]) == {}
}
