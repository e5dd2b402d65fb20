package rules.guests.cpu_weights_test

import data.rules.guests.cpu_weights

_host(hierarchy) := {
	"system": {"boot": {"kernel_parameters": [{"key": "systemd.unified_cgroup_hierarchy", "value": hierarchy}]}},
	"guests": [{"vmid": 101, "type": "qemu", "local": true, "config": [{"key": "cpuunits", "value": "2048", "fields": []}]}],
}

test_fires_on_the_first_version if {
	cpu_weights.findings == {{"at": ["/guests/0/config/0"], "vars": {"weights": "101 (2048)"}}} with input as _host("0")
}

test_silent_on_the_second if {
	count(cpu_weights.findings) == 0 with input as _host("1")
}
