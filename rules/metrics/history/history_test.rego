package rules.metrics.history_test

import data.rules.metrics.history

_host(guests) := {
	"packages": [{"name": "pve-manager", "status": "installed"}, {"name": "rrdcached", "status": "installed"}],
	"guests": guests,
}

test_fires_on_a_host_with_guests if {
	history.findings == {{"at": ["/packages/1"], "vars": {}}} with input as _host([{"vmid": 100, "type": "qemu", "local": true, "config": []}])
}

test_silent_without_guests if {
	count(history.findings) == 0 with input as _host([])
}
