package rules.sdn.vnets_test

import data.lib.network_test
import data.rules.sdn.vnets

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

test_fires_for_a_network_that_a_guest_uses if {
	vnets.findings == {{
		"at": ["/network/sdn/vnets/0", "/network/sdn/vnets/0/properties/0", "/network/sdn/vnets/0/properties/1"],
		"vars": {"count": 1, "vnets": "web", "guests": 1},
	}} with input as _host(_web, "web")
}

test_silent_when_no_guest_uses_it if {
	count(vnets.findings) == 0 with input as _host(_web, "vmbr0")
}

test_silent_when_the_network_makes_the_bridge if {
	count(vnets.findings) == 0 with input as object.union(_host(_web, "web"), {"network": {"interfaces": array.concat(network_test.bridged, [network_test.interface("web", "bridge", [], {})])}})
}

test_silent_for_a_zone_of_other_nodes if {
	count(vnets.findings) == 0 with input as _host(object.union(_web, {"zones": [_section("vlan", "z1", {"nodes": "pve2"})]}), "web")
}
