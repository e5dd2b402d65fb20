package rules.containers.nesting_test

import data.rules.containers.nesting

_host(name, value) := {"guests": [{"vmid": 202, "type": "lxc", "local": true, "config": [{"key": "features", "value": "x", "fields": [{"name": name, "value": value}]}]}]}

test_fires_on_nesting if {
	nesting.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "202"}}} with input as _host("nesting", "1")
}

test_silent_where_it_is_off if {
	count(nesting.findings) == 0 with input as _host("keyctl", "0")
}

test_silent_on_mounts if {
	count(nesting.findings) == 0 with input as _host("mount", "nfs")
}
