package rules.libvirt.notes_test

import data.rules.libvirt.notes

_host(config) := {"host": {"name": "a"}, "mappings": [], "packages": [], "guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

test_fires_on_notes_that_were_left_out if {
	notes.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as _host([{"key": "description", "secret": {"secret": true, "sha256_prefix": "00000000", "path": "/etc/pve/nodes/a/qemu-server/100.conf"}, "fields": []}])
}

test_silent_without_notes if {
	count(notes.findings) == 0 with input as _host([{"key": "name", "value": "a", "fields": []}])
}
