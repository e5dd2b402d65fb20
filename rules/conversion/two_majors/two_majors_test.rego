package rules.conversion.two_majors_test

import data.rules.conversion.two_majors

_host(version, major) := {"host": {"pve_version": version, "pve_major": major}}

test_fires_on_pve_7 if {
	{f.vars.have | some f in two_majors.findings} == {"7.4-17"} with input as _host("7.4-17", 7)
}

test_silent_on_pve_8 if {
	count(two_majors.findings) == 0 with input as _host("8.0.3", 8)
}

test_silent_where_the_version_is_not_known if {
	count(two_majors.findings) == 0 with input as {"host": {"name": "x"}}
}
