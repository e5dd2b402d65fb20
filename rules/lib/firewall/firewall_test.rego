package lib.firewall_test

import data.lib.firewall
import data.lib.network_test

rule(direction, action, macro, options) := {
	"enabled": true,
	"direction": direction,
	"action": action,
	"macro": macro,
	"options": [{"name": name, "value": value} | some name, value in options],
	"source": "/etc/pve/firewall/cluster.fw:9",
}

options(pairs) := [{"key": key, "value": value, "fields": []} | some key, value in pairs]

file(scope, name, over) := object.union(
	{"scope": scope, "name": name, "options": [], "aliases": [], "ipsets": [], "groups": [], "rules": [], "source": "x"},
	over,
)

# A host whose datacenter has the firewall on and these rules.
host(rules, over) := network_test.host({
	"interfaces": network_test.bridged,
	"hosts": [{"address": "192.0.2.10", "names": ["pve1"]}],
	"firewall": [file("cluster", "", object.union({"options": options({"enable": "1"}), "rules": rules}, over))],
})

macros := {
	"SSH": {"rules": [{"proto": "tcp", "dport": "22"}]},
	"Ping": {"rules": [{"proto": "icmp", "icmp": "echo-request"}], "v6": [{"proto": "icmpv6", "icmp": "echo-request"}]},
	"DHCPfwd": {"rules": [{"proto": "udp", "dport": "67:68", "sport": "67:68"}]},
}

_lines(r) := lines if {
	lines := firewall.lines[0] with input as host([r], {}) with data.catalog.firewall_macros as macros
}

test_addresses_ports_and_protocols if {
	_lines(rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "80,443,8000:8010"})) == ["tcp dport 80 accept", "tcp dport 443 accept", "tcp dport 8000-8010 accept"]
	_lines(rule("IN", "DROP", "", {"source": "198.51.100.7", "i": "vmbr0"})) == [`iifname "vmbr0" ip saddr { 198.51.100.7/32 } drop`]
	_lines(rule("OUT", "REJECT", "", {"dest": "2001:db8::/32", "p": "tcp"})) == ["ip6 daddr { 2001:db8::/32 } meta l4proto tcp goto refuse"]
	_lines(rule("IN", "ACCEPT", "", {"source": "192.0.2.1-192.0.2.9"})) == ["ip saddr 192.0.2.1-192.0.2.9 accept"]
	_lines(rule("IN", "ACCEPT", "", {"p": "udp", "dport": "53", "sport": "1024:65535"})) == ["udp sport 1024-65535 udp dport 53 accept"]
	_lines(rule("IN", "ACCEPT", "", {"p": "gre"})) == ["meta l4proto 47 accept"]
}

test_networks_that_overlap_are_joined if {
	_lines(rule("IN", "ACCEPT", "", {"source": "10.0.0.0/8,10.1.0.0/16"})) == ["ip saddr { 10.0.0.0/8 } accept"]
}

test_macros if {
	_lines(rule("IN", "ACCEPT", "SSH", {"source": "192.0.2.0/24"})) == ["ip saddr { 192.0.2.0/24 } tcp dport 22 accept"]
	_lines(rule("IN", "ACCEPT", "Ping", {})) == ["icmp type echo-request accept", "icmpv6 type echo-request accept"]
	_lines(rule("IN", "ACCEPT", "Ping", {"source": "192.0.2.0/24"})) == ["ip saddr { 192.0.2.0/24 } icmp type echo-request accept"]
	_lines(rule("IN", "ACCEPT", "DHCPfwd", {})) == ["udp sport 67-68 udp dport 67-68 accept"]
}

test_rules_that_are_not_understood_have_no_lines if {
	every r in [
		rule("IN", "ACCEPT", "NoSuchMacro", {}),
		rule("IN", "ACCEPT", "", {"dport": "22"}),
		rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "nosuchservice"}),
		rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "22; drop"}),
		rule("IN", "ACCEPT", "", {"source": "+nosuchset"}),
		rule("IN", "ACCEPT", "", {"source": "nosuchalias"}),
		rule("IN", "ACCEPT", "", {"source": "192.0.2.1 } accept; ip saddr { 0.0.0.0/0"}),
		rule("IN", "ACCEPT", "", {"source": "192.0.2.1", "dest": "2001:db8::1"}),
		rule("IN", "ACCEPT", "", {"i": "eth0\" accept"}),
		rule("IN", "ACCEPT", "", {"p": "icmp", "icmp-type": "x"}),
		rule("IN", "ACCEPT", "SSH", {"dport": "23"}),
	] {
		not _lines(r)
		firewall.untranslated == {0} with input as host([r], {}) with data.catalog.firewall_macros as macros
	}
}

test_sets_and_aliases_of_the_datacenter if {
	over := {
		"aliases": [{"key": "Office", "value": "198.51.100.0/24", "fields": []}],
		"ipsets": [{"name": "admins", "entries": ["office", "10.0.0.5"]}, {"name": "most", "entries": ["10.0.0.0/8", "!10.0.0.5"]}, {"name": "odd", "entries": ["10.0.0.0/8", "!10.1.0.0/16", "10.1.1.0/24"]}],
	}
	facts := host([rule("IN", "ACCEPT", "", {"source": "+dc/admins"}), rule("IN", "ACCEPT", "", {"source": "office"}), rule("IN", "ACCEPT", "", {"source": "+most"}), rule("IN", "ACCEPT", "", {"source": "+odd"})], over)
	firewall.lines[0] == ["ip saddr { 10.0.0.5/32, 198.51.100.0/24 } accept"] with input as facts
	firewall.lines[1] == ["ip saddr { 198.51.100.0/24 } accept"] with input as facts
	firewall.lines[2] == ["ip saddr { 10.0.0.0/8 } ip saddr != { 10.0.0.5/32 } accept"] with input as facts
	firewall.untranslated == {3} with input as facts
}

test_groups_stand_where_they_are_named if {
	over := {"groups": [{"name": "web", "rules": [rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "443"}), object.union(rule("IN", "DROP", "", {}), {"enabled": false})]}]}
	facts := host([rule("GROUP", "web", "", {"i": "vmbr0"})], over)
	firewall.lines == {1: [`iifname "vmbr0" tcp dport 443 accept`]} with input as facts
	firewall.untranslated == set() with input as facts
	firewall.untranslated == {0} with input as host([rule("GROUP", "nosuch", "", {})], over)
}

test_rules_of_the_node_come_first if {
	facts := object.union(host([], {}), {"network": {"firewall": [
		file("cluster", "", {"options": options({"enable": "1"}), "rules": [rule("IN", "DROP", "", {})]}),
		file("node", "pve1", {"rules": [rule("IN", "ACCEPT", "", {})]}),
		file("node", "pve2", {"rules": [rule("IN", "ACCEPT", "", {})]}),
	]}})
	[e.at | some e in firewall.rules] == [["/network/firewall/1/rules/0"], ["/network/firewall/0/rules/0"]] with input as facts
}

test_both_switches_count if {
	firewall.on with input as host([], {})
	not firewall.on with input as host([], {"options": options({"enable": "0"})})
	not firewall.on with input as host([], {"options": []})
	off := [file("cluster", "", {"options": options({"enable": "1"})}), file("node", "pve1", {"options": options({"enable": "0"})})]
	not firewall.on with input as object.union(host([], {}), {"network": {"firewall": off}})
	firewall.guests_on with input as object.union(host([], {}), {"network": {"firewall": off}})
}

test_management_is_the_set_and_the_own_network if {
	firewall.management == ["192.0.2.10/24"] with input as host([], {})
	firewall.management == ["192.0.2.10/24", "10.0.0.5/32"] with input as host([], {"ipsets": [{"name": "management", "entries": ["10.0.0.5"]}]})
	not firewall.management with input as host([], {"ipsets": [{"name": "management", "entries": ["nosuchalias"]}]})
	not firewall.management with input as object.union(host([], {}), {"network": {"hosts": []}})
}
