package rules.firewall.guest_rules_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.guest_rules

_guest(enable, nic) := object.union(
	network_test.host({"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
		firewall_test.file("guest", "100", {"options": firewall_test.options({"enable": enable, "ips": "1"}), "rules": [firewall_test.rule("IN", "ACCEPT", "", {})]}),
		firewall_test.file("guest", "200", {"options": firewall_test.options({"enable": enable})}),
	]}),
	{"guests": [
		{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": "vmbr0"}, {"name": "firewall", "value": nic}]}]},
		{"vmid": 200, "type": "qemu", "node": "pve2", "local": false, "config": [{"key": "net0", "value": "x", "fields": [{"name": "firewall", "value": "1"}]}]},
	]},
)

_reasons := "100: ips: 1, net0: hardware address, net0: not on a bridge of the kernel"

test_fires_for_a_guest_whose_firewall_acts if {
	guest_rules.findings == {{"at": ["/network/firewall/1/options/0", "/network/firewall/1/options/1", "/network/firewall/1/rules/0"], "vars": {"count": 1, "guests": "100", "reasons": _reasons}}} with input as _guest("1", "1") with data.target as "proxmox"
}

test_silent_when_no_card_asks_for_it if {
	count(guest_rules.findings) == 0 with input as _guest("1", "0")
}

test_silent_when_the_guest_has_it_off if {
	count(guest_rules.findings) == 0 with input as _guest("0", "1")
}

test_fires_for_a_card_that_says_it_in_another_word if {
	count(guest_rules.findings) == 1 with input as _guest("1", "on")
}
