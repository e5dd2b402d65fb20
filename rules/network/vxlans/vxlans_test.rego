package rules.network.vxlans_test

import data.lib.network_test
import data.rules.network.vxlans

_host(lines) := network_test.host({"interfaces": [network_test.interface("vx5", "vxlan", lines, {}), network_test.interface("mesh0", "bridge", [], {"ports": ["vx5"]})]})

_of(lines) := {concat(".", array.concat([s.option[2]], array.slice(s.option, 4, 6))): s.value | some s in set} if set := vxlans.settings with input as _host(lines)

test_a_tunnel_of_an_evpn_zone if {
	_of([["vxlan-id", "5000"], ["vxlan-local-tunnelip", "192.0.2.1"], ["bridge-learning", "off"], ["bridge-arp-nd-suppress", "on"], ["mtu", "1450"]]) == {
		"netdevs.netdevConfig.Name": "vx5",
		"netdevs.netdevConfig.Kind": "vxlan",
		"netdevs.vxlanConfig.VNI": 5000,
		"netdevs.vxlanConfig.DestinationPort": 4789,
		"netdevs.vxlanConfig.Independent": true,
		"netdevs.vxlanConfig.Local": "192.0.2.1",
		"netdevs.vxlanConfig.MacLearning": false,
		"networks.bridgeConfig.Learning": false,
		"networks.bridgeConfig.NeighborSuppression": true,
	}
}

test_a_tunnel_with_peers if {
	found := _of([["vxlan-id", "5"], ["vxlan-remoteip", "192.0.2.3"], ["vxlan-remoteip", "192.0.2.2"], ["vxlan-port", "4790"]])
	found["networks.bridgeFDBs"] == [
		{"MACAddress": "00:00:00:00:00:00", "Destination": "192.0.2.2", "AssociatedWith": "self"},
		{"MACAddress": "00:00:00:00:00:00", "Destination": "192.0.2.3", "AssociatedWith": "self"},
	]
	found["netdevs.vxlanConfig.DestinationPort"] == 4790
	not found["netdevs.vxlanConfig.Local"]
	not found["netdevs.vxlanConfig.MacLearning"]
}

test_learning_of_the_tunnel_itself if {
	_of([["vxlan-id", "5"], ["vxlan-learning", "on"], ["bridge-learning", "off"]])["netdevs.vxlanConfig.MacLearning"] == true
}

test_silent_for_what_is_not_understood if {
	_of([["vxlan-id", "5"], ["vxlan-physdev", "eno1"]]) == {}
	_of([["vxlan-id", "99999999"]]) == {}
	_of([["vxlan-id", "5"], ["vxlan-remoteip", "peer.example.net"]]) == {}
	_of([["vxlan-id", "5"], ["vxlan-port", "http"]]) == {}
	_of([["vxlan-id", "5"], ["vxlan-local-tunnelip", "${x}"]]) == {}
}
