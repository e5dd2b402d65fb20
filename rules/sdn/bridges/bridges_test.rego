package rules.sdn.bridges_test

import data.lib.network_test
import data.rules.sdn.bridges

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

_subnet := object.union(_web, {"subnets": [_section("subnet", "z1-10.0.0.0-24", {"vnet": "web", "gateway": "10.0.0.1", "dhcp-range": "x"})]})

test_network_zone_and_gateway_are_kept_by_the_bridge if {
	facts := object.union(_host(_subnet, "web"), {"network": {"interfaces": array.concat(network_test.bridged, [network_test.interface("web", "bridge", [], {"addresses": [{"cidr": "10.0.0.1/24", "family": "inet"}]})])}})
	claimed := {p | some s in bridges.settings; some p in s.at} with input as facts
	{"/network/sdn/vnets/0", "/network/sdn/zones/0", "/network/sdn/zones/0/properties/0", "/network/sdn/subnets/0"} - claimed == set()
	gateways := [sprintf("/network/sdn/subnets/0/properties/%d", [j]) | some j, p in facts.network.sdn.subnets[0].properties; p.key == "gateway"]
	gateways[0] in claimed
	ranges := [sprintf("/network/sdn/subnets/0/properties/%d", [j]) | some j, p in facts.network.sdn.subnets[0].properties; p.key == "dhcp-range"]
	not ranges[0] in claimed
}

test_nothing_is_kept_without_a_bridge if {
	count(bridges.settings) == 0 with input as _host(_web, "web")
}
