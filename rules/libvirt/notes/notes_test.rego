package rules.libvirt.notes_test

import data.rules.libvirt.notes

_vm(config) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": config}]}

test_fires_on_notes if {
	notes.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as _vm([{"key": "description", "fields": []}])
}

test_silent_without_notes if {
	count(notes.findings) == 0 with input as _vm([{"key": "name", "value": "a", "fields": []}])
}
