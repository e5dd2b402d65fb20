package rules.firewall.vnet_tables_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.vnet_tables

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(options, rules) := network_test.host({
	"sdn": {
		"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})],
		"vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})],
		"subnets": [_section("subnet", "z1-10.9.0.0-24", {"vnet": "web", "gateway": "10.9.0.1"})],
	},
	"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"}), "groups": [{"name": "Open", "rules": [firewall_test.rule("FORWARD", "ACCEPT", "", {"p": "tcp", "dport": "80"})]}]}),
		firewall_test.file("node", "pve1", {"options": firewall_test.options({"nftables": "1"})}),
		firewall_test.file("vnet", "web", {"options": firewall_test.options(options), "rules": rules}),
	],
})

_on := {"enable": "1", "policy_forward": "DROP", "log_level_forward": "info"}

_text(table) := [s.value | some s in vnet_tables.settings; s.option == ["networking", "nftables", "tables", table, "content"]][0]

_own := [firewall_test.rule("FORWARD", "ACCEPT", "", {"source": "+sdn/web-no-gateway", "p": "udp", "dport": "53"}), firewall_test.rule("GROUP", "open", "", {})]

test_a_network_that_drops_what_no_rule_lets_pass if {
	_text("pve-networks") == concat("\n", [
		"chain network-web {",
		"  meta protocol arp accept",
		"  ct state { established, related } accept",
		"  ct state invalid drop",
		"  ip saddr { 10.9.0.0/24 } ip saddr != { 10.9.0.1/32 } udp dport 53 accept",
		"  tcp dport 80 accept",
		`  limit rate 1/second burst 5 packets log prefix "network web: " level info`,
		"  drop",
		"}",
		"chain between-guests {",
		"  type filter hook forward priority -100; policy accept;",
		`  meta ibrname "web" goto network-web`,
		"}",
	]) with input as _host(_on, _own) with data.release as "25.05"
	contains(_text("pve-networks-host"), `  iifname "web" goto network-web`) with input as _host(_on, _own)
	vnet_tables.lost == set() with input as _host(_on, _own)
}

test_a_network_of_which_a_part_has_no_words_stays_out_as_a_whole if {
	every rule in [
		firewall_test.rule("FORWARD", "ACCEPT", "", {"source": "+nosuchset"}),
		firewall_test.rule("IN", "ACCEPT", "", {}),
		firewall_test.rule("GROUP", "nosuchgroup", "", {}),
		firewall_test.rule("FORWARD", "LOG", "", {}),
	] {
		vnet_tables.lost == {"web"} with input as _host(_on, [rule])
		count(vnet_tables.settings) == 0 with input as _host(_on, [rule])
	}
	vnet_tables.lost == {"web"} with input as _host(object.union(_on, {"policy_forward": "REJECT"}), [])
	vnet_tables.lost == {"web"} with input as _host(object.union(_on, {"new_option": "1"}), [])
}

test_the_release_whose_check_knows_no_bridges if {
	count([1 | some s in vnet_tables.settings; s.option[2] == "preCheckRuleset"]) == 1 with input as _host(_on, []) with data.lib.release.current as "24.11"
	count([1 | some s in vnet_tables.settings; s.option[2] == "preCheckRuleset"]) == 0 with input as _host(_on, []) with data.lib.release.current as "25.05"
}

test_silent_where_it_is_off if {
	count(vnet_tables.active) + count(vnet_tables.settings) == 0 with input as _host({"enable": "0"}, _own)
}
