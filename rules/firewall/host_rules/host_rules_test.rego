package rules.firewall.host_rules_test

import data.lib.firewall_test
import data.rules.firewall.host_rules

_lines := split(text, "\n") if some text in {s.value | some s in host_rules.settings; s.option[4] == "content"}

test_the_table_holds_rules_management_and_policy if {
	facts := firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "443"})], {})
	found := _lines with input as facts
	"  tcp dport 443 accept" in found
	"  ip saddr { 192.0.2.0/24 } tcp dport { 22, 3128, 8006 } accept" in found
	"  ip saddr { 192.0.2.0/24 } tcp dport 18006 accept" in found
	found[count(found) - 2] == "  drop"
	not "chain output {" in found
	{s.value | some s in host_rules.settings; s.option == ["networking", "firewall", "enable"]} == {false} with input as facts
}

test_unknown_management_is_let_in_from_anywhere if {
	"  tcp dport { 22, 3128, 8006 } accept" in _lines with input as object.union(firewall_test.host([], {}), {"network": {"hosts": []}})
}

test_policies if {
	accept := firewall_test.host([], {"options": firewall_test.options({"enable": "1", "policy_in": "ACCEPT", "policy_out": "DROP"})})
	found := _lines with input as accept
	"chain output {" in found
	count([l | some l in found; l == "  drop"]) == 1
	reject := firewall_test.host([], {"options": firewall_test.options({"enable": "1", "policy_in": "REJECT"})})
	"  goto refuse" in _lines with input as reject
}

test_rules_for_outgoing_traffic_make_a_chain if {
	found := _lines with input as firewall_test.host([firewall_test.rule("OUT", "DROP", "", {"p": "tcp", "dport": "25"})], {})
	"chain output {" in found
	"  tcp dport 25 drop" in found
}

test_other_nodes_reach_corosync if {
	facts := object.union(firewall_test.host([], {}), {"cluster": {"nodes": [
		{"name": "pve1", "local": true, "addresses": ["192.0.2.10"]},
		{"name": "pve2", "local": false, "addresses": ["192.0.2.11"]},
	]}})
	"  ip saddr { 192.0.2.11/32 } udp dport 5404-5412 accept" in _lines with input as facts
}

test_refused_addresses_come_before_the_rules if {
	found := _lines with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {})], {"ipsets": [{"name": "blacklist", "entries": ["203.0.113.66"]}]})
	some i, "  ip saddr { 203.0.113.66/32 } drop" in found
	some j, "  accept" in found
	i < j
}

test_no_table_when_a_rule_cannot_be_said if {
	count(host_rules.settings) == 0 with input as firewall_test.host([firewall_test.rule("IN", "ACCEPT", "", {"source": "+nosuchset"})], {})
}

test_no_table_when_the_firewall_is_off if {
	count(host_rules.settings) == 0 with input as firewall_test.host([], {"options": []})
}

test_floods_are_limited_at_the_rate_of_the_node if {
	facts := object.union(firewall_test.host([], {}), {"network": {"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
		firewall_test.file("node", "pve1", {"options": firewall_test.options({"protection_synflood": "1", "protection_synflood_rate": "400"})}),
	]}})
	"  tcp flags & (fin | syn | rst | ack) == syn update @syn4 { ip saddr limit rate over 400/second burst 1000 packets } drop" in _lines with input as facts
}
