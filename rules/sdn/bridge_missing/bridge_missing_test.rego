package rules.sdn.bridge_missing_test

import data.lib.network_test
import data.rules.sdn.bridge_missing

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(zone) := network_test.host({
	"interfaces": network_test.bridged,
	"sdn": {"zones": [_section("vlan", "z1", zone)], "vnets": [_section("vnet", "web", {"zone": "z1"})]},
})

test_fires_for_a_bridge_of_other_nodes if {
	bridge_missing.findings == {{"at": ["/network/sdn/zones/0/properties/0"], "vars": {"zone": "z1", "bridge": "vmbr9", "vnets": "web"}}} with input as _host({"bridge": "vmbr9"})
}

test_silent_for_a_bridge_of_this_host if {
	count(bridge_missing.findings) == 0 with input as _host({"bridge": "vmbr0"})
}

test_silent_for_a_zone_of_other_nodes if {
	count(bridge_missing.findings) == 0 with input as _host({"bridge": "vmbr9", "nodes": "pve2"})
}
