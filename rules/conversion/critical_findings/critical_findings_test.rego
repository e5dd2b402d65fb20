package rules.conversion.critical_findings_test

import data.rules.conversion.critical_findings

test_nothing_of_its_own if {
	count(critical_findings.inhibits) == 0
}

test_nothing_on_a_host_either if {
	count(critical_findings.inhibits) == 0 with input as {"host": {"name": "pve"}}
}
