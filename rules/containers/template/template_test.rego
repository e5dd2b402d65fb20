package rules.containers.template_test

import data.rules.containers.template

_host(config) := {"guests": [
	{"vmid": 9001, "type": "lxc", "local": true, "config": config},
	{"vmid": 200, "type": "lxc", "local": true, "config": []},
	{"vmid": 9002, "type": "lxc", "local": false, "config": [{"key": "template", "value": "1"}]},
	{"vmid": 9000, "type": "qemu", "local": true, "config": [{"key": "template", "value": "1"}]},
]}

test_fires_on_templates_of_this_node if {
	template.findings == {{"at": ["/guests/0", "/guests/0/config/0"], "vars": {"vmids": "9001"}}} with input as _host([{"key": "template", "value": "1"}])
}

test_silent_on_containers_that_start if {
	count(template.findings) == 0 with input as _host([{"key": "template", "value": "0"}])
}
