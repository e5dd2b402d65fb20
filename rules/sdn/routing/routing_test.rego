package rules.sdn.routing_test

import data.lib.network_test
import data.rules.sdn.routing

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

test_fires_for_evpn_and_its_controller if {
	{f.vars.names | some f in routing.findings} == {"c1, z2"} with input as _host({"zones": [_section("evpn", "z2", {"controller": "c1"})], "controllers": [_section("evpn", "c1", {"asn": "65000"})]}, "vmbr0")
}

test_silent_for_vlans if {
	count(routing.findings) == 0 with input as _host(_web, "vmbr0")
}

test_silent_for_a_router_of_another_node if {
	count(routing.findings) == 0 with input as _host({"controllers": [_section("bgp", "bgppve2", {"node": "pve2", "asn": "65000"})]}, "vmbr0")
	count(routing.findings) == 1 with input as _host({"controllers": [_section("bgp", "bgppve1", {"node": "pve1", "asn": "65000"})]}, "vmbr0")
}
