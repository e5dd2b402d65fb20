package rules.containers.variables_left_out_test

import data.rules.containers.variables_left_out

_host(config) := {"guests": [{"vmid": 204, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "x"}], config)}]}

test_fires_on_variables if {
	variables_left_out.findings == {{"at": ["/guests/0/config/1", "/guests/0/config/2"], "vars": {"lines": "204 env, 204 lxc.environment.runtime"}}} with input as _host([
		{"key": "env"},
		{"key": "lxc.environment.runtime"},
	])
}

test_silent_without_variables if {
	count(variables_left_out.findings) == 0 with input as _host([
		{"key": "entrypoint", "value": "/bin/env"},
		{"key": "lxc.init.cwd", "value": "/"},
	])
}
