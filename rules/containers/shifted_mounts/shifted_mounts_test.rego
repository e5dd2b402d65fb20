package rules.containers.shifted_mounts_test

import data.rules.containers.shifted_mounts

_host(fields) := {"guests": [{"vmid": 215, "type": "lxc", "local": true, "config": [{"key": "mp0", "value": "x", "fields": array.concat([{"name": "volume", "value": "/tank/share"}], fields)}]}]}

test_fires_on_a_translation if {
	shifted_mounts.findings == {{"at": ["/guests/0/config/0"], "vars": {"mounts": "215 mp0"}}} with input as _host([{"name": "idmap", "value": "passthrough"}])
}

test_silent_without if {
	count(shifted_mounts.findings) == 0 with input as _host([{"name": "ro", "value": "1"}])
}
