package rules.backup.containers_test

import data.rules.backup.containers

_host(exclude) := {
	"host": {"name": "pve1"},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 200, "type": "lxc", "local": true, "config": []}],
	"jobs": {"scheduled": [{"type": "vzdump", "id": "n", "properties": [{"key": "all", "value": "1"}, {"key": "exclude", "value": exclude}]}]},
}

test_fires_on_a_container_that_is_backed_up if {
	containers.findings == {{"at": ["/guests/1"], "vars": {"vmids": "200"}}} with input as _host("100")
}

test_silent_on_a_container_that_is_left_out if {
	count(containers.findings) == 0 with input as _host("200")
}
