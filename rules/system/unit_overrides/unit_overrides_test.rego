package rules.system.unit_overrides_test

import data.rules.system.unit_overrides

_host(path, state) := {"units": [{"name": "pveproxy.service", "active_state": state, "drop_ins": [path]}]}

test_fires_on_an_override_of_a_running_unit if {
	count(unit_overrides.findings) == 1 with input as _host("/etc/systemd/system/pveproxy.service.d/override.conf", "active")
}

test_silent_on_a_drop_in_of_a_package if {
	count(unit_overrides.findings) == 0 with input as _host("/usr/lib/systemd/system/pveproxy.service.d/x.conf", "active")
}

test_silent_on_a_unit_that_does_not_run if {
	count(unit_overrides.findings) == 0 with input as _host("/etc/systemd/system/pveproxy.service.d/override.conf", "inactive")
}
