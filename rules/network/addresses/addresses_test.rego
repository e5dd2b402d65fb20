package rules.network.addresses_test

import data.lib.network_test
import data.rules.network.addresses

_of(facts) := found if {
	found := {concat(".", array.slice(s.option, 4, 9)): s.value | some s in addresses.settings; s.option[3] == "10-vmbr0"} with input as facts
}

_one(lines, over) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", lines, over)]})

test_a_static_address_and_its_gateway if {
	_of(network_test.host({"interfaces": network_test.bridged})) == {
		"address": ["192.0.2.10/24"],
		"routes": [{"Gateway": "192.0.2.1"}],
		"networkConfig.ConfigureWithoutCarrier": true,
	}
}

test_the_lines_of_both_are_claimed if {
	claimed := {p | some s in addresses.settings; some p in s.at} with input as network_test.host({"interfaces": network_test.bridged})
	claimed == {"/network/interfaces/1", "/network/interfaces/1/options/0", "/network/interfaces/1/options/1"}
}

test_a_gateway_outside_of_the_network_is_on_the_link if {
	_of(_one([], {"addresses": [{"cidr": "203.0.113.7/32", "family": "inet"}], "gateway": "198.51.100.1"})).routes == [{"Gateway": "198.51.100.1", "GatewayOnLink": true}]
}

test_an_address_with_a_peer if {
	_of(_one([["pointopoint", "198.51.100.1"]], {"addresses": [{"cidr": "203.0.113.7/32", "family": "inet"}]})).addresses == [{"Address": "203.0.113.7/32", "Peer": "198.51.100.1/32"}]
}

test_dhcp_goes_by_the_hardware_address if {
	found := _of(_one([], {"methods": [{"family": "inet", "method": "dhcp"}]}))
	found["networkConfig.DHCP"] == "ipv4"
	found["dhcpV4Config.ClientIdentifier"] == "mac"
	not found.address
	_of(_one([], {"methods": [{"family": "inet", "method": "dhcp"}, {"family": "inet6", "method": "dhcp"}]}))["networkConfig.DHCP"] == "yes"
}

test_router_advertisements_are_taken_where_they_are_now if {
	link := {"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [{"cidr": "2001:db8::10/64", "family": "inet6"}]}
	facts := object.union(_one([], {}), {"network": {"links": [link]}})
	_of(facts)["networkConfig.IPv6AcceptRA"] == true
	_of(facts)["ipv6AcceptRAConfig.DHCPv6Client"] == false
	bare := object.union(_one([], {}), {"network": {"links": [object.union(link, {"addresses": []})]}})
	_of(bare)["networkConfig.IPv6AcceptRA"] == false
}

test_a_hook_line_on_router_advertisements_is_not_contradicted if {
	link := {"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": []}
	facts := object.union(_one([["post-up", "sysctl net.ipv6.conf.$IFACE.accept_ra=2"]], {}), {"network": {"links": [link]}})
	not "networkConfig.IPv6AcceptRA" in object.keys(_of(facts))
}

test_an_address_that_is_none_makes_nothing_and_is_not_claimed if {
	facts := _one([["address", "192.0.2.1\n[Route]"]], {"addresses": [{"cidr": "192.0.2.1\n[Route]/24", "family": "inet"}], "gateway": "$(reboot)"})
	count(addresses.settings) == 0 with input as facts
}

test_forwarding_of_one_interface if {
	_of(_one([["ip-forward", "on"], ["ip6-forward", "off"]], {}))["networkConfig.IPv4Forwarding"] == true
	_of(_one([["ip-forward", "on"], ["ip6-forward", "off"]], {}))["networkConfig.IPv6Forwarding"] == false
	not _of(_one([["ip-forward", "perhaps"]], {}))["networkConfig.IPv4Forwarding"]
}

test_a_member_of_a_bond_gets_no_address if {
	interfaces := [network_test.interface("vmbr0", "physical", [["address", "192.0.2.10/24"]], {"addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}]}), network_test.interface("bond0", "bond", [], {"slaves": ["vmbr0"]})]
	not _of(network_test.host({"interfaces": interfaces})).address
	_of(network_test.host({"interfaces": [interfaces[0]]})).address == ["192.0.2.10/24"]
}
