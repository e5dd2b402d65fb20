package rules.sdn.fixed_test

import data.lib.network_test
import data.rules.sdn.fixed

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

test_fires_when_the_bridge_is_in_the_configuration if {
	{f.vars | some f in fixed.findings} == {{"count": 1, "vnets": "web"}} with input as object.union(_host(_web, "web"), {"network": {"interfaces": array.concat(network_test.bridged, [network_test.interface("web", "bridge", [], {})])}})
}

test_silent_when_nothing_makes_it if {
	count(fixed.findings) == 0 with input as _host(_web, "web")
}
