package rules.guests.hook_scripts_test

import data.rules.guests.hook_scripts

_host(local) := {"guests": [{"vmid": 202, "type": "lxc", "local": local, "config": [
	{"key": "hostname", "value": "docker01", "fields": []},
	{"key": "hookscript", "value": "local:snippets/ct.sh", "fields": []},
]}]}

test_fires_on_a_script if {
	hook_scripts.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 202, "name": "docker01", "volume": "local:snippets/ct.sh"}}} with input as _host(true)
}

test_silent_on_guests_of_other_nodes if {
	count(hook_scripts.findings) == 0 with input as _host(false)
}
