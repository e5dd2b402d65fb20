package rules.system.local_units_test

import data.rules.system.local_units

_host(unit) := {"units": [object.union({"drop_ins": [], "active_state": "active", "load_state": "loaded", "file_state": "enabled"}, unit)]}

test_fires_on_a_file_of_its_own if {
	host := _host({"name": "report.service", "fragment_path": "/etc/systemd/system/report.service"})
	local_units.findings == {{"at": ["/units/0"], "vars": {"count": 1, "units": "report.service"}}} with input as host
	{c.to | some c in local_units.carries} == {"/var/lib/pve2nix/etc/systemd/system/report.service"} with input as host
}

test_silent_on_a_unit_of_a_package_that_is_linked_there if {
	count(local_units.findings) == 0 with input as _host({"name": "smartd.service", "fragment_path": "/lib/systemd/system/smartmontools.service"})
}

test_silent_on_another_name_of_a_unit if {
	count(local_units.findings) == 0 with input as _host({"name": "sshd.service", "fragment_path": "/etc/systemd/system/sshd.service", "file_state": "alias"})
}

test_silent_on_a_masked_unit if {
	count(local_units.findings) == 0 with input as _host({"name": "x.service", "fragment_path": "/etc/systemd/system/x.service", "load_state": "masked"})
}
