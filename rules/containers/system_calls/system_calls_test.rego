package rules.containers.system_calls_test

import data.rules.containers.system_calls

_host(name, value, unprivileged) := {
	"packages": [{"name": "pve-lxc-syscalld", "status": "installed"}],
	"units": [{"name": "pve-lxc-syscalld.service"}],
	"guests": [{"vmid": 121, "type": "lxc", "local": true, "config": [
		{"key": "features", "value": "x", "fields": [{"name": name, "value": value}]},
		{"key": "unprivileged", "value": unprivileged},
	]}],
}

test_fires_on_nodes_made_inside if {
	system_calls.findings == {{"at": ["/guests/0/config/0", "/packages/0", "/units/0"], "vars": {"vmids": "121"}}} with input as _host("mknod", "1", "1")
}

test_silent_where_it_is_off if {
	count(system_calls.findings) == 0 with input as _host("mknod", "0", "1")
}

test_silent_on_root_of_the_host if {
	count(system_calls.findings) == 0 with input as _host("mknod", "1", "0")
}

test_silent_on_nesting if {
	count(system_calls.findings) == 0 with input as _host("nesting", "1", "1")
}
