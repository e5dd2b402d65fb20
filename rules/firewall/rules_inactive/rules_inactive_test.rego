package rules.firewall.rules_inactive_test

import data.lib.firewall_test
import data.rules.firewall.rules_inactive

_rules := [firewall_test.rule("IN", "ACCEPT", "", {})]

test_fires_for_rules_under_a_switch_that_is_off if {
	rules_inactive.findings == {{"at": ["/network/firewall/0/rules/0"], "vars": {"count": 1}}} with input as firewall_test.host(_rules, {"options": []})
}

test_silent_when_they_are_in_force if {
	count(rules_inactive.findings) == 0 with input as firewall_test.host(_rules, {})
}

test_silent_without_rules if {
	count(rules_inactive.findings) == 0 with input as firewall_test.host([], {"options": []})
}
