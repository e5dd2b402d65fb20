package rules.firewall.inactive_test

import data.lib.firewall_test
import data.rules.firewall.inactive

_host(options) := object.union(
	firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], options),
	{"packages": [{"name": "pve-cluster", "status": "installed"}]},
)

test_files_that_are_switched_off_are_accounted_for if {
	{c.at | some c in inactive.carries} == {["/network/firewall/0/options/0", "/network/firewall/0/rules/0"]} with input as _host({"options": firewall_test.options({"enable": "0"})})
}

test_rules_in_force_are_not_claimed if {
	count(inactive.carries) == 0 with input as _host({})
}
