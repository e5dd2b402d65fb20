package rules.firewall.no_filter_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.no_filter

test_a_host_without_filter_gets_none if {
	no_filter.settings == {{"at": [], "option": ["networking", "firewall", "enable"], "value": false}} with input as network_test.host({"interfaces": network_test.bridged})
}

test_files_that_are_switched_off_are_accounted_for if {
	facts := firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], {"options": firewall_test.options({"enable": "0"})})
	host := object.union(facts, {"packages": [{"name": "pve-cluster", "status": "installed"}]})
	{c.at | some c in no_filter.carries} == {["/network/firewall/0/options/0", "/network/firewall/0/rules/0"]} with input as host
}

test_rules_in_force_are_not_claimed if {
	facts := firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], {})
	host := object.union(facts, {"packages": [{"name": "pve-cluster", "status": "installed"}]})
	count(no_filter.carries) == 0 with input as host
}

test_an_empty_snapshot_says_nothing if {
	count(no_filter.settings) == 0 with input as network_test.host({})
}
