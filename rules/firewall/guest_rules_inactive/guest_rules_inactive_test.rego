package rules.firewall.guest_rules_inactive_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.guest_rules_inactive

_guest(enable, nic) := object.union(
	network_test.host({"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
		firewall_test.file("guest", "100", {"options": firewall_test.options({"enable": enable}), "rules": [firewall_test.rule("IN", "ACCEPT", "", {})]}),
		firewall_test.file("guest", "200", {"options": firewall_test.options({"enable": enable})}),
	]}),
	{"guests": [
		{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": "vmbr0"}, {"name": "firewall", "value": nic}]}]},
		{"vmid": 200, "type": "qemu", "node": "pve2", "local": false, "config": [{"key": "net0", "value": "x", "fields": [{"name": "firewall", "value": "1"}]}]},
	]},
)

test_fires_for_a_file_that_does_nothing if {
	guest_rules_inactive.findings == {{"at": ["/network/firewall/1/options/0", "/network/firewall/1/rules/0"], "vars": {"guests": "100"}}} with input as _guest("0", "1")
}

test_silent_when_it_acts if {
	count(guest_rules_inactive.findings) == 0 with input as _guest("1", "1")
}

test_silent_for_a_file_that_only_says_that_it_is_off if {
	_quiet("0") == 0
	_quiet("1") == 1
}

_quiet(enable) := count(found) if {
	found := guest_rules_inactive.findings with input as object.union(_guest("0", "0"), {"network": {"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
		firewall_test.file("guest", "100", {"options": firewall_test.options({"enable": enable})}),
	]}})
}
