package rules.network.bridges_test

import data.lib.network_test
import data.rules.network.bridges

_tables := {
	"bridge_options": {
		"bridge-stp": {"key": "STP", "where": "netdev", "unit": "bool"},
		"bridge-fd": {"key": "ForwardDelaySec", "where": "netdev", "unit": "s"},
		"bridge-ageing": {"key": "AgeingTimeSec", "where": "netdev", "unit": "s"},
		"bridge-bridgeprio": {"key": "Priority", "where": "netdev", "unit": "int"},
		"bridge-mcsnoop": {"key": "MulticastSnooping", "where": "netdev", "unit": "bool"},
	},
	"bridge_port_options": {
		"bridge-learning": {"key": "Learning", "where": "network of the port", "unit": "port bool"},
		"bridge-pathcosts": {"key": "Cost", "where": "network of the port", "unit": "port int"},
		"bridge-bpduguard": {"key": "UseBPDU", "where": "network of the port", "unit": "port bool, inverted"},
	},
}

_of(facts) := found if {
	found := {concat(".", array.slice(s.option, 2, 9)): s.value | some s in bridges.settings} with input as facts with data.catalog as _tables
}

test_a_bridge_keeps_the_address_of_its_port if {
	links := [network_test.card("eno1", "3c:ec:ef:00:00:01", {"master": "vmbr0"})]
	_of(network_test.host({"interfaces": network_test.bridged, "links": links})) == {
		"netdevs.10-vmbr0.netdevConfig.Name": "vmbr0",
		"netdevs.10-vmbr0.netdevConfig.Kind": "bridge",
		"netdevs.10-vmbr0.netdevConfig.MACAddress": "3c:ec:ef:00:00:01",
		"netdevs.10-vmbr0.bridgeConfig.STP": false,
		"networks.10-vmbr0.networkConfig.ConfigureWithoutCarrier": true,
	}
}

test_an_unknown_address_is_not_pinned if {
	not _of(network_test.files_only({"interfaces": network_test.bridged}))["netdevs.10-vmbr0.netdevConfig.MACAddress"]
}

test_options_within_bounds if {
	found := _of(network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["bridge-stp", "on"], ["bridge-fd", "4"], ["bridge-ageing", "0"], ["bridge-bridgeprio", "99999"], ["bridge-mcsnoop", "no"]], {})]}))
	found["netdevs.10-vmbr0.bridgeConfig.STP"] == true
	found["netdevs.10-vmbr0.bridgeConfig.ForwardDelaySec"] == 4
	found["netdevs.10-vmbr0.bridgeConfig.AgeingTimeSec"] == 0
	found["netdevs.10-vmbr0.bridgeConfig.MulticastSnooping"] == false
	not found["netdevs.10-vmbr0.bridgeConfig.Priority"]
}

test_a_card_is_no_bridge if {
	_of(network_test.host({"interfaces": [network_test.interface("eno1", "physical", [], {})]})) == {}
}

test_options_of_ports if {
	facts := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["bridge-learning", "off"], ["bridge-pathcosts", "eno1=10 eno2=20"], ["bridge-bpduguard", "eno9=yes"]], {"ports": ["eno1", "eno2"]})]})
	found := _of(facts)
	found["networks.10-eno1.bridgeConfig.Learning"] == false
	found["networks.10-eno2.bridgeConfig.Cost"] == 20
	claimed := {p | some s in bridges.settings; some p in s.at} with input as facts with data.catalog as _tables
	not "/network/interfaces/0/options/2" in claimed
}

test_filtering_of_vlans_as_it_is_said if {
	_vlans("yes", true) == true
	_vlans("no", false) == false
}

_vlans(text, aware) := _of(network_test.host({"interfaces": [network_test.interface("vmbr1", "bridge", [["bridge-vlan-aware", text]], {"vlan_aware": aware})]}))["netdevs.10-vmbr1.bridgeConfig.VLANFiltering"]
