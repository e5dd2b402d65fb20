package rules.system.host_name_test

import data.rules.system.host_name

test_fires_on_an_underscore if {
	count(host_name.findings) == 1 with input as {"host": {"name": "pve_1"}}
}

test_silent_on_a_dash if {
	count(host_name.findings) == 0 with input as {"host": {"name": "pve-1"}}
}
