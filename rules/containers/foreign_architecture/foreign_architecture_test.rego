package rules.containers.foreign_architecture_test

import data.rules.containers.foreign_architecture

_host(arch) := {"host": {"name": "pve1", "arch": "x86_64"}, "guests": [{"vmid": 206, "type": "lxc", "local": true, "config": [{"key": "arch", "value": arch, "fields": []}]}]}

test_fires_on_arm if {
	foreign_architecture.findings == {{"at": ["/guests/0/config/0"], "vars": {"containers": "206 (arm64)"}}} with input as _host("arm64")
}

test_silent_on_what_the_processor_can_run if {
	count(foreign_architecture.findings) == 0 with input as _host("i386")
}
