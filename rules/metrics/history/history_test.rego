package rules.metrics.history_test

import data.rules.metrics.history

_host(major, guests) := {
	"host": {"pve_major": major},
	"packages": [{"name": "pve-manager", "status": "installed"}, {"name": "rrdcached", "status": "installed"}],
	"guests": guests,
}

_guest := {"vmid": 100, "type": "qemu", "local": true, "config": []}

test_fires_on_a_host_with_guests if {
	history.findings == {{"at": ["/packages/1"], "vars": {"format": "They are in the format that the new system writes."}}} with input as _host(9, [_guest])
	some f in history.findings with input as _host(8, [_guest])
	startswith(f.vars.format, "PVE 9 keeps them")
}

test_silent_without_guests if {
	count(history.findings) == 0 with input as _host(9, [])
}
