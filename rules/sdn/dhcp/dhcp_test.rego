package rules.sdn.dhcp_test

import data.lib.network_test
import data.rules.sdn.dhcp

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

test_fires_for_a_zone_that_hands_out_addresses if {
	dhcp.findings == {{"at": ["/network/sdn/zones/0/properties/0"], "vars": {"zones": "z1"}}} with input as _host({"zones": [_section("simple", "z1", {"dhcp": "dnsmasq"})]}, "vmbr0")
}

test_silent_for_a_zone_without if {
	count(dhcp.findings) == 0 with input as _host(_web, "vmbr0")
}
