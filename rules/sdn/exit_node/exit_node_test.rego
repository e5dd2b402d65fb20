package rules.sdn.exit_node_test

import data.lib.network_test
import data.rules.sdn.exit_node

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(type, nodes) := network_test.host({"sdn": {"zones": [_section(type, "z1", {"exitnodes": nodes})]}})

test_fires_for_the_only_one if {
	exit_node.findings == {{"at": ["/network/sdn/zones/0/properties/0"], "vars": {"zone": "z1", "nodes": "pve1"}}} with input as _host("evpn", "pve1")
}

test_names_the_others if {
	exit_node.findings == {{"at": ["/network/sdn/zones/0/properties/0"], "vars": {"zone": "z1", "nodes": "pve1, pve2, pve3"}}} with input as _host("evpn", "pve1,pve3,pve2")
}

test_silent_for_another_node if {
	count(exit_node.findings) == 0 with input as _host("evpn", "pve2")
}
