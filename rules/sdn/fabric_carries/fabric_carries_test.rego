package rules.sdn.fabric_carries_test

import data.lib.network_test
import data.rules.sdn.fabric_carries

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(node, addresses, ceph) := object.union(
	network_test.host({"sdn": {"fabrics": [_section("openfabric_fabric", "f1", {"ip_prefix": "172.20.3.0/24"}), _section("openfabric_node", node, {"ip": "172.20.3.1"})]}}),
	{
		"cluster": {"nodes": [{"name": "pve1", "local": true, "addresses": addresses}]},
		"storage": {"ceph": {"daemons": ["osd.1"], "config": [{"key": "global.public_network", "value": ceph, "fields": []}]}},
	},
)

_at := ["/network/sdn/fabrics/1", "/network/sdn/fabrics/1/properties/0"]

test_fires_for_corosync if {
	fabric_carries.findings == {{"at": _at, "vars": {"users": "corosync", "address": "172.20.3.1"}}} with input as _host("f1_pve1", ["172.20.3.1"], "192.0.2.0/24")
}

test_fires_for_both if {
	fabric_carries.findings == {{"at": _at, "vars": {"users": "Ceph and corosync", "address": "172.20.3.1"}}} with input as _host("f1_pve1", ["172.20.3.1"], "172.20.3.0/24")
}

test_silent_for_a_fabric_of_guests if {
	count(fabric_carries.findings) == 0 with input as _host("f1_pve1", ["192.0.2.1"], "192.0.2.0/24")
}

test_silent_for_another_node if {
	count(fabric_carries.findings) == 0 with input as _host("f1_pve2", ["172.20.3.1"], "172.20.3.0/24")
}
