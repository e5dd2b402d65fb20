package rules.hardware.watchdog_test

import data.rules.hardware.watchdog

_host(watchdogs, modules) := {
	"hardware": {"watchdogs": watchdogs, "modules": modules},
	"units": [{"name": "watchdog-mux.service", "active_state": "active", "drop_ins": []}],
}

test_fires_on_a_watchdog_of_the_board if {
	watchdog.findings == {{"at": ["/hardware/watchdogs"], "vars": {"names": "watchdog0 iTCO_wdt"}}} with input as _host(["watchdog0 iTCO_wdt"], [])
}

test_keeps_its_driver if {
	{s.value | some s in watchdog.settings} == {["ipmi_watchdog"]} with input as _host([], ["ipmi_watchdog", "kvm"])
}

test_silent_on_the_one_of_the_kernel if {
	count(watchdog.findings) == 0 with input as _host(["watchdog0 Software Watchdog"], ["softdog"])
}

_tree(lrm) := {
	"units": [{"name": "watchdog-mux.service", "file_state": "static"}, {"name": "pve-ha-lrm.service", "file_state": lrm}],
	"hardware": {"watchdogs": ["watchdog0 SP5100 TCO timer"], "modules": []},
}

test_fires_where_only_files_tell_that_ha_runs if {
	count(watchdog.findings) == 1 with input as _tree("enabled")
}

test_silent_where_ha_is_masked if {
	count(watchdog.findings) == 0 with input as _tree("masked")
}
