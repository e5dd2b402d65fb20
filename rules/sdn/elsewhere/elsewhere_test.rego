package rules.sdn.elsewhere_test

import data.lib.network_test
import data.rules.sdn.elsewhere

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

_pve := {"packages": [{"name": "pve-cluster", "version": "1", "arch": "amd64", "status": "installed", "auto": false}]}

_zone(nodes) := object.union(_web, {"zones": [_section("vlan", "z1", {"nodes": nodes})]})

test_a_zone_of_other_nodes_stays_in_the_database if {
	{c.at | some c in elsewhere.carries} == {["/network/sdn/vnets/0", "/network/sdn/vnets/0/properties/0", "/network/sdn/vnets/0/properties/1", "/network/sdn/zones/0", "/network/sdn/zones/0/properties/0"]} with input as object.union(_host(_zone("pve2,pve3"), "vmbr0"), _pve)
}

test_a_zone_of_this_node_is_not_carried_alone if {
	count(elsewhere.carries) == 0 with input as object.union(_host(_zone("pve2, pve1"), "vmbr0"), _pve)
	count(elsewhere.carries) == 0 with input as object.union(_host(_web, "vmbr0"), _pve)
}

test_a_fabric_and_a_router_of_another_node_stay_there if {
	{c.at | some c in elsewhere.carries} == {["/network/sdn/controllers/0", "/network/sdn/controllers/0/properties/0", "/network/sdn/fabrics/0"]} with input as object.union(_host({"fabrics": [_section("openfabric_fabric", "f1", {})], "controllers": [_section("bgp", "bgppve2", {"node": "pve2"})]}, "vmbr0"), _pve)
}
