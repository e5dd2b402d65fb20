package rules.firewall.host_rules_static_test

import data.lib.firewall_test
import data.rules.firewall.host_rules_static

test_fires_when_the_rules_became_a_table if {
	host_rules_static.findings == {{"at": ["/network/firewall/0/options/0"], "vars": {"count": 1, "network": "192.0.2.10/24"}}} with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], {})
}

test_silent_when_they_did_not if {
	count(host_rules_static.findings) == 0 with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {"source": "+nosuchset"})], {})
}

test_silent_when_the_firewall_is_off if {
	count(host_rules_static.findings) == 0 with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], {"options": []})
}
