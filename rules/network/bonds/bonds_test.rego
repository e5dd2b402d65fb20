package rules.network.bonds_test

import data.lib.network_test
import data.rules.network.bonds

_bond(lines, over) := network_test.host({"interfaces": [
	network_test.interface("bond0", "bond", lines, object.union({"slaves": ["eno1", "eno2"]}, over)),
	network_test.interface("eno1", "physical", [], {}),
	network_test.interface("eno2", "physical", [], {}),
]})

_table := {
	"bond-miimon": {"key": "MIIMonitorSec", "where": "netdev", "unit": "ms"},
	"bond-lacp-rate": {"key": "LACPTransmitRate", "where": "netdev", "values": {"1": "fast"}},
	"bond-xmit-hash-policy": {"key": "TransmitHashPolicy", "where": "netdev", "values": {"layer3+4": "layer3+4"}},
	"bond-min-links": {"key": "MinLinks", "where": "netdev", "unit": "int"},
	"bond-arp-ip-target": {"key": "ARPIPTargets", "where": "netdev", "unit": "list"},
	"bond-ad-sys-priority": {"key": "AdActorSystemPriority", "where": "netdev", "unit": "int"},
	"bond-ad-actor-sys-prio": {"key": "AdActorSystemPriority", "where": "netdev", "unit": "int"},
}

_of(facts) := found if {
	found := {concat(".", array.slice(s.option, 3, 9)): s.value | some s in bonds.settings} with input as facts with data.catalog.bond_options as _table
}

test_lacp_with_its_options if {
	_of(_bond([["bond-mode", "4"], ["bond-miimon", "100"], ["bond-lacp-rate", "1"], ["bond-xmit-hash-policy", "layer3+4"]], {"bond_mode": "802.3ad"})) == {
		"10-bond0.netdevConfig.Name": "bond0",
		"10-bond0.netdevConfig.Kind": "bond",
		"10-bond0.bondConfig.Mode": "802.3ad",
		"10-bond0.bondConfig.MIIMonitorSec": "100ms",
		"10-bond0.bondConfig.LACPTransmitRate": "fast",
		"10-bond0.bondConfig.TransmitHashPolicy": "layer3+4",
	}
}

test_the_primary_is_said_of_the_member if {
	_of(_bond([["bond-primary", "eno2"]], {"bond_mode": "active-backup"}))["10-eno2.networkConfig.PrimarySlave"] == true
	not _of(_bond([["bond-primary", "eno2"]], {"bond_mode": "802.3ad"}))["10-eno2.networkConfig.PrimarySlave"]
	not _of(_bond([["bond-primary", "eno9"]], {"bond_mode": "active-backup"}))["10-eno9.networkConfig.PrimarySlave"]
}

test_values_that_do_not_fit_are_left_out_and_not_claimed if {
	facts := _bond([["bond-mode", "9"], ["bond-miimon", "1s; reboot"], ["bond-xmit-hash-policy", "vlan+srcmac"]], {"bond_mode": "9"})
	count(_of(facts)) == 2
	{p | some s in bonds.settings; some p in s.at} == {"/network/interfaces/0"} with input as facts with data.catalog.bond_options as _table
}

test_a_bridge_is_no_bond if {
	count(_of(network_test.host({"interfaces": network_test.bridged}))) == 0
}

test_lists_and_bounds if {
	found := _of(_bond([["bond-arp-ip-target", "192.0.2.1, 192.0.2.2"], ["bond-min-links", "1"]], {}))
	found["10-bond0.bondConfig.ARPIPTargets"] == ["192.0.2.1", "192.0.2.2"]
	found["10-bond0.bondConfig.MinLinks"] == 1
	not _of(_bond([["bond-min-links", "256"]], {}))["10-bond0.bondConfig.MinLinks"]
}

test_two_spellings_that_disagree_set_nothing if {
	not _of(_bond([["bond-ad-sys-priority", "1"], ["bond-ad-actor-sys-prio", "2"]], {}))["10-bond0.bondConfig.AdActorSystemPriority"]
	_of(_bond([["bond-ad-sys-priority", "1"], ["bond-ad-actor-sys-prio", "1"]], {}))["10-bond0.bondConfig.AdActorSystemPriority"] == 1
}

test_the_address_of_a_bond_is_pinned if {
	_of(_bond([["hwaddress", "ether 3c:ec:ef:00:00:07"]], {"bond_mode": "802.3ad"}))["10-bond0.netdevConfig.MACAddress"] == "3c:ec:ef:00:00:07"
	not _of(_bond([], {"bond_mode": "802.3ad"}))["10-bond0.netdevConfig.MACAddress"]
}
