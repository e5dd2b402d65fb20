package rules.containers.variables_left_out_test

import data.rules.containers.variables_left_out

_host(config) := {"guests": [{"vmid": 204, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "x"}], config)}]}

_path := "/etc/pve/nodes/pve1/lxc/204.conf"

_copy := "/var/lib/pve2nix/etc/pve/nodes/pve1/lxc/204.conf"

test_variables_come_from_a_copy if {
	host := _host([{"key": "env", "source": sprintf("%s:4", [_path])}, {"key": "lxc.environment.runtime", "source": sprintf("%s:5", [_path])}])
	at := ["/guests/0/config/1", "/guests/0/config/2"]
	variables_left_out.findings == {{"at": at, "vars": {"lines": "204 env, 204 lxc.environment.runtime"}}} with input as host
	variables_left_out.carries == {{"at": at, "path": _path, "to": _copy, "mode": "0600", "secret": true}} with input as host
	variables_left_out.bridges == {{"at": at, "bridge": "container", "params": {"vmid": 204, "file": _copy}}} with input as host
}

test_silent_without_variables if {
	count(variables_left_out.findings) + count(variables_left_out.carries) == 0 with input as _host([
		{"key": "entrypoint", "value": "/bin/env", "source": sprintf("%s:4", [_path])},
		{"key": "lxc.init.cwd", "value": "/"},
	])
}

test_silent_on_a_file_that_is_not_the_container_s if {
	count(variables_left_out.findings) + count(variables_left_out.carries) == 0 with input as _host([{"key": "env", "source": "/etc/shadow:4"}])
}
