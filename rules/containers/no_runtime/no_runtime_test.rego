package rules.containers.no_runtime_test

import data.rules.containers.no_runtime

_host(config) := {
	"guests": [
		{"vmid": 1000, "type": "lxc", "local": true, "config": config},
		{"vmid": 200, "type": "lxc", "local": true, "config": []},
		{"vmid": 300, "type": "lxc", "local": false, "config": []},
		{"vmid": 100, "type": "qemu", "local": true, "config": []},
	],
	"cluster": {"ha_resources": []},
}

test_fires_on_the_containers_of_this_node if {
	no_runtime.findings == {{"at": ["/guests/0", "/guests/1"], "vars": {"vmids": "200, 1000"}}} with input as _host([])
}

test_templates_never_start if {
	{f.vars.vmids | some f in no_runtime.findings} == {"200"} with input as _host([{"key": "template", "value": "1"}])
}

test_silent_without_containers if {
	host := json.patch(_host([]), [{"op": "replace", "path": "/guests", "value": [{"vmid": 100, "type": "qemu", "local": true, "config": []}]}])
	count(no_runtime.findings) == 0 with input as host
}
