package rules.libvirt.hook_scripts_test

import data.rules.libvirt.hook_scripts

_host(volume, type) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]},
	"guests": [{"vmid": 100, "type": type, "local": true, "config": [
		{"key": "name", "value": "web"},
		{"key": "hookscript", "value": volume},
	]}],
}

test_a_hook_of_libvirt_calls_the_script if {
	host := _host("local:snippets/a.pl", "qemu")
	hook_scripts.findings == {{"at": ["/guests/0/config/1"], "vars": {"scripts": "/var/lib/vz/snippets/a.pl", "vmids": "100"}}} with input as host
	said := {concat(".", s.option): s.value | some s in hook_scripts.settings} with input as host
	said["virtualisation.libvirtd.hooks.qemu"] == {"pve": "/etc/libvirt-hooks/pve"}
	said["environment.etc.libvirt-hooks/pve.mode"] == "0755"
	contains(said["environment.etc.libvirt-hooks/pve.text"], "\ncase $1 in\nweb) vmid=100 script=/var/lib/vz/snippets/a.pl ;;\n*) exit 0 ;;\nesac\n")
	contains(said["environment.etc.libvirt-hooks/pve.text"], "\npre-stop) phase=pre-stop ;;\n")
	[c.path | some c in hook_scripts.carries with input as host] == ["/var/lib/vz/snippets/a.pl"]
}

test_silent_on_a_container if {
	count(hook_scripts.findings) + count(hook_scripts.settings) == 0 with input as _host("local:snippets/a.pl", "lxc")
}

test_silent_on_a_name_for_a_shell if {
	count(hook_scripts.findings) + count(hook_scripts.settings) == 0 with input as _host("local:snippets/a;reboot", "qemu")
}
