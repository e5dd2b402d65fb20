package rules.conversion.rules_failed_test

import data.rules.conversion.rules_failed

test_nothing_of_its_own if {
	count(rules_failed.inhibits) == 0
}

test_nothing_on_a_host_either if {
	count(rules_failed.inhibits) == 0 with input as {"host": {"name": "pve"}}
}
