package rules.sdn.frr_additions_test

import data.lib.network_test
import data.rules.sdn.frr_additions

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, path) := object.union(
	network_test.host({"sdn": sdn}),
	{"config_files": [{"path": path, "format": "words", "properties": [{"key": "ip", "value": "prefix-list OUT permit 192.0.2.0/24", "fields": []}]}]},
)

test_fires_beside_a_controller if {
	frr_additions.findings == {{"at": ["/config_files/0/properties/0"], "vars": {"count": 1}}} with input as _host({"controllers": [_section("evpn", "c1", {"asn": "65000"})]}, "/etc/frr/frr.conf.local")
}

test_fires_beside_a_fabric if {
	count(frr_additions.findings) == 1 with input as _host({"fabrics": [_section("openfabric_fabric", "f1", {})]}, "/etc/frr/frr.conf.local")
}

test_fires_beside_a_zone if {
	count(frr_additions.findings) == 1 with input as _host({"zones": [_section("evpn", "z1", {})]}, "/etc/frr/frr.conf.local")
}

test_silent_without_routing_of_the_sdn if {
	count(frr_additions.findings) == 0 with input as _host({"zones": [_section("simple", "z1", {})]}, "/etc/frr/frr.conf.local")
}

test_silent_for_the_file_of_frr_itself if {
	count(frr_additions.findings) == 0 with input as _host({"controllers": [_section("evpn", "c1", {})]}, "/etc/frr/frr.conf")
}
