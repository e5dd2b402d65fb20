package rules.firewall.ports_of_pve_test

import data.lib.firewall_test
import data.rules.firewall.ports_of_pve

test_fires_when_the_rules_became_a_table if {
	ports_of_pve.findings == {{"at": ["/network/firewall/0/options/0"], "vars": {"count": 1}}} with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], {})
}

test_silent_when_the_firewall_is_off if {
	count(ports_of_pve.findings) == 0 with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], {"options": []})
}
