package rules.containers.lxc_hooks_test

import data.rules.containers.lxc_hooks

_host(key) := {"guests": [{"vmid": 210, "type": "lxc", "local": true, "config": [{"key": "arch", "value": "amd64"}, {"key": key, "secret": {"secret": true, "sha256_prefix": "00000000", "path": "/x"}}]}]}

test_fires_on_a_hook if {
	lxc_hooks.findings == {{"at": ["/guests/0/config/1"], "vars": {"hooks": "210 lxc.hook.pre-start"}}} with input as _host("lxc.hook.pre-start")
}

test_silent_on_another_line if {
	count(lxc_hooks.findings) == 0 with input as _host("lxc.environment")
}
