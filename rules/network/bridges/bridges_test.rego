package rules.network.bridges_test

import data.lib.network_test
import data.rules.network.bridges

_of(facts) := found if {
	found := {concat(".", array.slice(s.option, 2, 9)): s.value | some s in bridges.settings} with input as facts
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
