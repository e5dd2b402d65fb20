package rules.sdn.fabrics_test

import data.lib.network_test
import data.rules.sdn.fabrics

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

_fabric(node) := {"fabrics": [_section("openfabric_fabric", "f1", {"ip_prefix": "10.0.0.0/24"}), _section("openfabric_node", node, {"ip": "10.0.0.1"})]}

test_fires_for_a_fabric if {
	fabrics.findings == {{"at": ["/network/sdn/fabrics/0", "/network/sdn/fabrics/0/properties/0", "/network/sdn/fabrics/1", "/network/sdn/fabrics/1/properties/0"], "vars": {"count": 2}}} with input as _host(_fabric("f1_pve1"), "vmbr0")
}

test_silent_for_a_fabric_of_other_nodes if {
	count(fabrics.findings) == 0 with input as _host(_fabric("f1_pve2"), "vmbr0")
}

test_silent_without_one if {
	count(fabrics.findings) == 0 with input as _host(_web, "vmbr0")
}
