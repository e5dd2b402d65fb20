package rules.sdn.snat_test

import data.lib.network_test
import data.rules.sdn.snat

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

test_fires_for_a_hidden_subnet if {
	snat.findings == {{"at": ["/network/sdn/subnets/0/properties/0"], "vars": {"count": 1, "subnets": "z1-10.0.0.0-24"}}} with input as _host({"subnets": [_section("subnet", "z1-10.0.0.0-24", {"snat": "1"})]}, "vmbr0")
}

test_silent_for_a_routed_one if {
	count(snat.findings) == 0 with input as _host({"subnets": [_section("subnet", "z1-10.0.0.0-24", {"snat": "0"})]}, "vmbr0")
	count(snat.findings) == 0 with input as _host(_web, "vmbr0")
}
