package rules.firewall.service_off_test

import data.lib.firewall_test
import data.rules.firewall.service_off

_host(unit, state, node) := object.union(
	firewall_test.host([], {}),
	{
		"units": [{"name": unit, "file_state": state}],
		"network": {"firewall": [
			firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
			firewall_test.file("node", "pve1", {"options": firewall_test.options(node)}),
		]},
	},
)

test_fires_for_a_service_that_is_masked if {
	service_off.findings == {{"at": ["/network/firewall/0/options/0", "/units/0"], "vars": {"service": "pve-firewall.service", "state": "masked"}}} with input as _host("pve-firewall.service", "masked", {})
}

test_fires_for_the_other_firewall if {
	service_off.findings == {{"at": ["/network/firewall/0/options/0", "/units/0"], "vars": {"service": "proxmox-firewall.service", "state": "disabled"}}} with input as _host("proxmox-firewall.service", "disabled", {"nftables": "1"})
}

test_silent_where_it_runs if {
	count(service_off.findings) == 0 with input as _host("pve-firewall.service", "enabled", {})
}

test_silent_where_the_node_has_it_off if {
	count(service_off.findings) == 0 with input as _host("pve-firewall.service", "masked", {"enable": "0"})
}

test_silent_where_no_table_comes_of_the_rules if {
	host := object.union(_host("pve-firewall.service", "masked", {}), {"network": {"firewall": [firewall_test.file("cluster", "", {
		"options": firewall_test.options({"enable": "1"}),
		"rules": [firewall_test.rule("GROUP", "nowhere", "", {})],
	})]}})
	count(service_off.findings) == 0 with input as host
}
