package rules.conversion.major_upgrade_test

import data.rules.conversion.major_upgrade

_host(version, major) := {"host": {"pve_version": version, "pve_major": major}}

test_fires_on_pve_8 if {
	{f.vars.have | some f in major_upgrade.findings} == {"8.4.14"} with input as _host("8.4.14", 8)
}

test_silent_on_pve_9 if {
	count(major_upgrade.findings) == 0 with input as _host("9.0.3", 9)
}
