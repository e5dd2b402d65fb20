package rules.system.sysctl_refused_test

import data.rules.system.sysctl_refused

_host(key, value) := {"host": {"pve_major": 8}, "system": {"sysctl": [{"key": key, "value": value, "fields": [], "source": "/etc/sysctl.d/a.conf:1"}]}}

test_fires_on_the_path_of_a_program if {
	sysctl_refused.findings == {{"at": ["/system/sysctl/0"], "vars": {"keys": "kernel.core_pattern"}}} with input as _host("kernel.core_pattern", "|/bin/x %p")
}

test_silent_on_a_number if {
	count(sysctl_refused.findings) == 0 with input as _host("kernel.panic", "10")
}
