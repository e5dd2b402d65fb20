package rules.libvirt.notes_test

import data.rules.libvirt.notes

_vm(line) := {"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [line]}]}

_path := "/etc/pve/nodes/pve1/qemu-server/100.conf"

test_notes_come_from_a_copy if {
	host := _vm({"key": "description", "fields": [], "source": sprintf("%s:1", [_path])})
	notes.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as host
	notes.carries == {{"at": ["/guests/0/config/0"], "path": _path, "to": sprintf("/var/lib/pve2nix%s", [_path]), "mode": "0600", "secret": true}} with input as host
}

test_silent_without_notes if {
	count(notes.findings) + count(notes.carries) == 0 with input as _vm({"key": "name", "value": "a", "fields": [], "source": sprintf("%s:1", [_path])})
}

test_silent_on_another_file if {
	count(notes.findings) + count(notes.carries) == 0 with input as _vm({"key": "description", "fields": [], "source": "/etc/pve/nodes/pve1/qemu-server/101.conf:1"})
}
