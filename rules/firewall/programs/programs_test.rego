package rules.firewall.programs_test

import data.lib.firewall_test
import data.rules.firewall.programs

_host(rules, over) := object.union(firewall_test.host(rules, over), {
	"packages": [{"name": "pve-firewall", "version": "6.0.4", "status": "installed"}],
	"units": [{"name": "proxmox-firewall.service", "type": "service", "file_state": "enabled", "active_state": "active", "drop_ins": []}],
})

_plain := [firewall_test.rule("IN", "ACCEPT", "", {"source": "192.0.2.0/24"})]

_refused := [firewall_test.rule("IN", "ACCEPT", "", {"source": "+nosuchset"})]

test_tables_take_the_place_of_the_programs if {
	programs.settings == {{"at": ["/packages/0", "/units/0"], "option": ["networking", "firewall", "enable"], "value": false}} with input as _host(_plain, {})
		with data.target as "proxmox"
}

test_a_host_whose_firewall_is_off_filters_nothing_afterwards_either if {
	{b.at | some b in programs.bridges} == {["/packages/0"], ["/units/0"]} with input as _host(_refused, {"options": firewall_test.options({"enable": "0"})})
		with data.target as "proxmox"
}

test_silent_where_a_rule_has_no_words if {
	count(programs.bridges) + count(programs.settings) == 0 with input as _host(_refused, {})
		with data.target as "proxmox"
}

test_silent_where_a_network_filters if {
	host := _host(_plain, {})
	count(programs.settings) == 0 with input as host
		with data.rules.firewall.vnet_rules.findings as {{"at": [], "vars": {}}}
		with data.target as "proxmox"
}
