package rules.sdn.unused_test

import data.lib.network_test
import data.rules.sdn.unused

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

test_fires_when_no_guest_uses_it if {
	{f.vars | some f in unused.findings} == {{"count": 1, "vnets": "web"}} with input as _host(_web, "vmbr0")
}

test_silent_when_one_does if {
	count(unused.findings) == 0 with input as _host(_web, "web")
}

test_silent_without_networks if {
	count(unused.findings) == 0 with input as _host({}, "vmbr0")
}
