package rules.network.tag_bridges_test

import data.lib.network_test
import data.rules.network.tag_bridges

_guest(vmid, fields) := {"vmid": vmid, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": k, "value": v} | some k, v in fields]}]}

_host(interfaces, guests) := object.union(network_test.host({"interfaces": interfaces}), {"guests": guests})

_bridge(name, over) := network_test.interface(name, "bridge", [], object.union({"ports": ["eno1"]}, over))

_set := {[s.option[2], s.option[3], concat(".", array.slice(s.option, 4, 6)), s.value] | some s in tag_bridges.settings}

test_makes_a_bridge_and_a_vlan_device_for_a_tag if {
	made := _set with input as _host([_bridge("vmbr0", {"mtu": 9000})], [_guest(100, {"bridge": "vmbr0", "tag": "5"}), _guest(101, {"bridge": "vmbr0", "tag": "5"})])
	made == {
		["netdevs", "10-vmbr0v5", "netdevConfig.Name", "vmbr0v5"],
		["netdevs", "10-vmbr0v5", "netdevConfig.Kind", "bridge"],
		["netdevs", "10-vmbr0v5", "bridgeConfig.STP", false],
		["networks", "10-vmbr0v5", "matchConfig.Name", "vmbr0v5"],
		["networks", "10-vmbr0v5", "linkConfig.MTUBytes", "9000"],
		["networks", "10-vmbr0v5", "linkConfig.RequiredForOnline", false],
		["networks", "10-vmbr0v5", "networkConfig.LinkLocalAddressing", "no"],
		["networks", "10-vmbr0v5", "networkConfig.IPv6AcceptRA", false],
		["networks", "10-vmbr0v5", "networkConfig.ConfigureWithoutCarrier", true],
		["netdevs", "10-eno1.5", "netdevConfig.Name", "eno1.5"],
		["netdevs", "10-eno1.5", "netdevConfig.Kind", "vlan"],
		["netdevs", "10-eno1.5", "vlanConfig.Id", 5],
		["networks", "10-eno1", "vlan", ["eno1.5"]],
		["networks", "10-eno1.5", "matchConfig.Name", "eno1.5"],
		["networks", "10-eno1.5", "linkConfig.RequiredForOnline", false],
		["networks", "10-eno1.5", "networkConfig.LinkLocalAddressing", "no"],
		["networks", "10-eno1.5", "networkConfig.IPv6AcceptRA", false],
		["networks", "10-eno1.5", "networkConfig.Bridge", "vmbr0v5"],
	}
}

test_speaks_of_all_cards if {
	{s.at | some s in tag_bridges.settings} == {["/guests/0/config/0", "/guests/1/config/0"]} with input as _host([_bridge("vmbr0", {})], [_guest(100, {"bridge": "vmbr0", "tag": "5"}), _guest(101, {"bridge": "vmbr0", "tag": "5"})])
}

test_takes_a_vlan_device_that_is_configured if {
	vlan := network_test.interface("eno1.5", "vlan", [], {"vlan_id": 5, "vlan_raw_device": "eno1"})
	{row | some row in _set; row[1] == "10-eno1.5"} == {["networks", "10-eno1.5", "networkConfig.Bridge", "vmbr0v5"]} with input as _host([_bridge("vmbr0", {}), vlan], [_guest(100, {"bridge": "vmbr0", "tag": "5"})])
}

test_leaves_other_bridges_alone if {
	count(tag_bridges.settings) == 0 with input as _host([_bridge("vmbr0", {"vlan_aware": true})], [_guest(100, {"bridge": "vmbr0", "tag": "5"})])
	count(tag_bridges.settings) == 0 with input as _host([_bridge("vmbr0", {})], [_guest(100, {"bridge": "vmbr0"})])
	count(tag_bridges.settings) == 0 with input as _host([network_test.interface("vmbr0", "ovs-bridge", [], {"ports": ["eno1"]})], [_guest(100, {"bridge": "vmbr0", "tag": "5"})])
}

test_makes_nothing_where_a_name_is_taken_or_too_long if {
	address := network_test.interface("eno1.5", "vlan", [], {"vlan_id": 5, "vlan_raw_device": "eno1", "addresses": [{"cidr": "192.0.2.7/24", "family": "inet"}]})
	count(tag_bridges.settings) == 0 with input as _host([_bridge("vmbr0", {}), address], [_guest(100, {"bridge": "vmbr0", "tag": "5"})])
	count(tag_bridges.settings) == 0 with input as _host([_bridge("vmbr0", {"ports": ["enp65s0f0np0"]})], [_guest(100, {"bridge": "vmbr0", "tag": "1005"})])
	count(tag_bridges.settings) == 0 with input as _host([_bridge("vmbr0", {"ports": []})], [_guest(100, {"bridge": "vmbr0", "tag": "5"})])
	count(tag_bridges.settings) == 0 with input as _host([_bridge("vmbr0", {}), _bridge("vmbr0v5", {"ports": []})], [_guest(100, {"bridge": "vmbr0", "tag": "5"})])
}
