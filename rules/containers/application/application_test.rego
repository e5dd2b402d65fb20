package rules.containers.application_test

import data.rules.containers.application

_host(config) := {"guests": [{"vmid": 122, "type": "lxc", "local": true, "config": config}]}

test_fires_on_an_image if {
	application.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2"],
		"vars": {"vmids": "122"},
	}} with input as _host([
		{"key": "entrypoint", "value": "/run.sh", "fields": []},
		{"key": "env", "secret": {"secret": true}, "fields": []},
		{"key": "lxc.init.cwd", "value": "/usr/share/x", "fields": []},
	])
}

test_fires_on_a_network_that_the_host_sets_up if {
	count(application.findings) == 1 with input as _host([{"key": "net0", "value": "x", "fields": [{"name": "host-managed", "value": "1"}]}])
}

test_silent_on_a_system_container if {
	count(application.findings) == 0 with input as _host([{"key": "lxc.init.cmd", "value": "/sbin/init", "fields": []}, {"key": "net0", "value": "x", "fields": []}])
}
