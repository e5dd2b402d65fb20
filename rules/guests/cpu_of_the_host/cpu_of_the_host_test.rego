package rules.guests.cpu_of_the_host_test

import data.rules.guests.cpu_of_the_host

_host(model, nodes) := {
	"cluster": {"nodes": nodes},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "cpu", "value": model, "fields": [{"name": "cputype", "value": model}]}]}],
}

_two := [{"name": "pve1"}, {"name": "pve2"}]

test_fires_in_a_cluster if {
	cpu_of_the_host.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "100"}}} with input as _host("host", _two)
}

test_silent_on_a_named_model if {
	count(cpu_of_the_host.findings) == 0 with input as _host("x86-64-v3", _two)
}

test_silent_on_a_host_alone if {
	count(cpu_of_the_host.findings) == 0 with input as _host("host", [{"name": "pve1"}])
}
