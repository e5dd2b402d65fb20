package rules.containers.hook_scripts_test

import data.rules.containers.hook_scripts

_host(type, root) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [
		{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
		{"id": "thin", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
	]},
	"guests": [{"vmid": 202, "type": type, "local": true, "config": [
		{"key": "rootfs", "value": "x", "fields": [{"name": "volume", "value": root}]},
		{"key": "hookscript", "value": "local:snippets/ct.sh"},
	]}],
}

test_a_script_comes_along if {
	host := _host("lxc", "thin:vm-202-disk-0")
	hook_scripts.findings == {{"at": ["/guests/0/config/1"], "vars": {"scripts": "/var/lib/vz/snippets/ct.sh", "vmids": "202"}}} with input as host
	hook_scripts.carries == {{"at": ["/guests/0/config/1"], "path": "/var/lib/vz/snippets/ct.sh", "to": "/var/lib/vz/snippets/ct.sh", "mode": "0755", "secret": true}} with input as host
	hook_scripts.bridges == {{"at": ["/guests/0/config/1"], "bridge": "container", "params": {"vmid": 202, "script": "/var/lib/vz/snippets/ct.sh"}}} with input as host
}

test_silent_for_a_virtual_machine if {
	count(hook_scripts.findings) + count(hook_scripts.carries) == 0 with input as _host("qemu", "thin:vm-202-disk-0")
}

test_silent_where_no_unit_starts_it if {
	count(hook_scripts.findings) == 0 with input as _host("lxc", "gone:vm-202-disk-0")
}
