package rules.network.routing_domains_test

import data.lib.network_test
import data.rules.network.routing_domains

_vrf(name, table, lines) := network_test.interface(name, "vrf", array.concat([["vrf-table", table]], lines), {})

_set(interfaces) := {[concat(".", array.slice(s.option, 2, 9)), s.value] | some s in set} if set := routing_domains.settings with input as network_test.host({"interfaces": interfaces})

test_a_domain_and_its_member if {
	_set([_vrf("mgmt", "1010", []), network_test.interface("eno3", "physical", [["vrf", "mgmt"]], {})]) == {
		["netdevs.10-mgmt.netdevConfig.Name", "mgmt"],
		["netdevs.10-mgmt.netdevConfig.Kind", "vrf"],
		["netdevs.10-mgmt.vrfConfig.Table", 1010],
		["networks.10-eno3.vrf", ["mgmt"]],
	}
}

test_tables_that_ifupdown2_numbers if {
	tables := {row | some row in _set([_vrf("vrf_b", "auto", []), _vrf("vrf_a", "auto", []), _vrf("mgmt", "1001", [])]); endswith(row[0], "Table")}
	tables == {["netdevs.10-mgmt.vrfConfig.Table", 1001], ["netdevs.10-vrf_a.vrfConfig.Table", 1002], ["netdevs.10-vrf_b.vrfConfig.Table", 1003]}
}

test_a_line_that_takes_a_route_away_is_kept if {
	set := routing_domains.settings with input as network_test.host({"interfaces": [_vrf("vrf_a", "auto", [["post-up", "ip route del vrf vrf_a unreachable default metric 4278198272"]])]})
	{s.at | some s in set} == {["/network/interfaces/0", "/network/interfaces/0/options/0", "/network/interfaces/0/options/1"]}
}

test_a_bridge_that_takes_addresses_from_announcements if {
	["sysctl.net.ipv4.conf.shop.arp_accept", 1] in _set([network_test.interface("shop", "bridge", [["arp-accept", "on"]], {})])
	_set([network_test.interface("shop", "bridge", [["arp-accept", "off"]], {})]) == set()
}

test_silent_for_a_table_without_number_and_ports_of_bridges if {
	_set([_vrf("mgmt", "main", []), network_test.interface("eno3", "physical", [["vrf", "mgmt"]], {})]) == set()
	count(_set([_vrf("mgmt", "1010", []), network_test.interface("eno3", "physical", [["vrf", "mgmt"]], {}), network_test.interface("vmbr0", "bridge", [], {"ports": ["eno3"]})])) == 3
}
