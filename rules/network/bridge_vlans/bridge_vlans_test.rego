package rules.network.bridge_vlans_test

import data.lib.network_test
import data.rules.network.bridge_vlans

_host(aware, lines, vids) := network_test.host({"interfaces": [
	network_test.interface("eno1", "physical", lines, {"vids": []}),
	network_test.interface("vmbr0", "bridge", [["bridge-vids", "x"]], {"ports": ["eno1"], "vlan_aware": aware, "vids": vids}),
	network_test.interface("vmbr0.100", "vlan", [], {"vlan_id": 100, "vlan_raw_device": "vmbr0"}),
]})

_vlans(name) := [s.value | some s in bridge_vlans.settings; s.option == ["systemd", "network", "networks", name, "bridgeVLANs"]][0]

test_ports_have_the_ranges_and_the_bridge_the_vlans_of_the_host if {
	_vlans("10-eno1") == [{"PVID": 1, "EgressUntagged": 1}, {"VLAN": "2-4094"}] with input as _host(true, [], ["2-4094"])
	_vlans("10-vmbr0") == [{"PVID": 1, "EgressUntagged": 1}, {"VLAN": 100}] with input as _host(true, [], ["2-4094"])
}

test_a_port_may_say_otherwise if {
	_vlans("10-eno1") == [{"PVID": 7, "EgressUntagged": 7}] with input as _host(true, [["bridge-access", "7"]], ["2-4094"])
	_vlans("10-eno1") == [{"VLAN": "10"}] with input as _host(true, [["bridge-allow-untagged", "no"]], ["10"])
}

test_ranges_that_are_none_are_left_out_and_not_claimed if {
	_vlans("10-eno1") == [{"PVID": 1, "EgressUntagged": 1}, {"VLAN": "10"}] with input as _host(true, [], ["10", "0-5000", "${x}"])
	every s in bridge_vlans.settings {
		not "/network/interfaces/1/options/0" in s.at
	} with input as _host(true, [], ["10", "${x}"])
}

test_a_plain_bridge_has_no_vlans if {
	count(bridge_vlans.settings) == 0 with input as _host(false, [], [])
}

test_a_bridge_without_ports_leaves_the_vlans_to_its_guests if {
	lone := {s.value |
		some s in bridge_vlans.settings
		s.option == ["systemd", "network", "netdevs", "10-vmbr9", "bridgeConfig", "VLANFiltering"]
	} with input as network_test.host({"interfaces": [network_test.interface("vmbr9", "bridge", [["bridge-vids", "2-4094"]], {"vlan_aware": true, "vids": ["2-4094"]})]})
	lone == {true}
}
