package rules.firewall.host_unprotected_test

import data.lib.firewall_test
import data.rules.firewall.host_unprotected

test_fires_for_a_rule_that_cannot_be_said if {
	host_unprotected.findings == {{"at": ["/network/firewall/0/options/0", "/network/firewall/0/rules/0"], "vars": {"count": 1, "example": "/etc/pve/firewall/cluster.fw:9"}}} with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {"source": "+nosuchset"})], {})
}

test_fires_for_a_list_with_exceptions if {
	count(host_unprotected.findings) == 1 with input as firewall_test.host([], {"ipsets": [{"name": "blacklist", "entries": ["10.0.0.0/8", "!10.1.0.0/16", "10.1.1.0/24"]}]})
}

test_silent_when_all_rules_are_translated if {
	count(host_unprotected.findings) == 0 with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {"source": "192.0.2.0/24"})], {})
}

test_silent_when_the_firewall_is_off if {
	count(host_unprotected.findings) == 0 with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {"source": "+nosuchset"})], {"options": []})
}
