package rules.guests.hook_scripts_test

import data.rules.guests.hook_scripts

_host(type, local) := {"guests": [{"vmid": 202, "type": type, "local": local, "config": [
	{"key": "name", "value": "docker01", "fields": []},
	{"key": "hookscript", "value": "local:snippets/ct.sh", "fields": []},
]}]}

test_fires_on_a_script if {
	hook_scripts.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 202, "name": "docker01", "volume": "local:snippets/ct.sh"}}} with input as _host("qemu", true)
}

test_silent_on_guests_of_other_nodes if {
	count(hook_scripts.findings) == 0 with input as _host("qemu", false)
}

test_silent_on_containers if {
	count(hook_scripts.findings) == 0 with input as _host("lxc", true)
}

test_the_script_comes_along if {
	host := object.union(_host("qemu", true), {"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]}})
	[c.to | some c in hook_scripts.carries with input as host] == ["/var/lib/vz/snippets/ct.sh"]
}
