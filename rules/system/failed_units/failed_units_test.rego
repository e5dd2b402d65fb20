package rules.system.failed_units_test

import data.rules.system.failed_units

_host(state) := {"units": [{"name": "zfs-mount.service", "active_state": state, "drop_ins": []}]}

test_fires_on_a_failed_unit if {
	failed_units.findings == {{"at": ["/units/0"], "vars": {"count": 1, "units": "zfs-mount.service"}}} with input as _host("failed")
}

test_silent_on_a_unit_that_is_merely_off if {
	count(failed_units.findings) == 0 with input as _host("inactive")
}

test_silent_on_services_of_pve_that_have_a_finding_of_their_own if {
	count(failed_units.findings) == 0 with input as {"units": [{"name": "pvestatd.service", "file_state": "enabled", "active_state": "failed"}]}
}
