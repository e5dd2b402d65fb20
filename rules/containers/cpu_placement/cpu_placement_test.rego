package rules.containers.cpu_placement_test

import data.rules.containers.cpu_placement

_host(cores, threads) := {
	"hardware": {"cpu": {"threads": threads}},
	"guests": [
		{"vmid": 212, "type": "lxc", "local": true, "config": [{"key": "cores", "value": cores, "fields": []}]},
		{"vmid": 213, "type": "lxc", "local": true, "config": [{"key": "cores", "value": "2", "fields": []}]},
	],
}

test_fires_on_several if {
	cpu_placement.findings == {{"at": ["/guests/0/config/0", "/guests/1/config/0"], "vars": {"vmids": "212, 213", "threads": 8}}} with input as _host("4", 8)
}

test_silent_on_a_single_one if {
	count(cpu_placement.findings) == 0 with input as _host("8", 8)
}
