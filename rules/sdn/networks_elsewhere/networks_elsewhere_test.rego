package rules.sdn.networks_elsewhere_test

import data.lib.network_test
import data.rules.sdn.networks_elsewhere

_host(nodes) := network_test.host({"sdn": {"zones": [{"type": "vlan", "id": "z1", "properties": [{"key": "nodes", "value": nodes, "fields": []}]}], "vnets": []}})

test_fires_on_a_zone_of_another_node if {
	networks_elsewhere.findings == {{"at": ["/network/sdn/zones/0", "/network/sdn/zones/0/properties/0"], "vars": {"count": 2}}} with input as _host("pve2")
}

test_silent_on_a_zone_of_this_node_too if {
	count(networks_elsewhere.findings) == 0 with input as _host("pve1,pve2")
}
