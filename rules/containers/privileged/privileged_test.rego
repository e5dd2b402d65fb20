package rules.containers.privileged_test

import data.rules.containers.privileged

_host(config) := {"guests": [{"vmid": 201, "type": "lxc", "local": true, "config": config}]}

test_fires_where_the_key_is_absent if {
	privileged.findings == {{"at": ["/guests/0"], "vars": {"vmids": "201"}}} with input as _host([])
}

test_fires_where_it_is_zero if {
	count(privileged.findings) == 1 with input as _host([{"key": "unprivileged", "value": "0"}])
}

test_silent_on_an_unprivileged_container if {
	count(privileged.findings) == 0 with input as _host([{"key": "unprivileged", "value": "1"}])
}
