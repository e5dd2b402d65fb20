package rules.sdn.fabrics_test

import data.lib.network_test
import data.rules.sdn.fabrics

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

_fabric(node) := {"fabrics": [_section("openfabric_fabric", "f1", {"ip_prefix": "10.0.0.0/24"}), _section("openfabric_node", node, {"ip": "10.0.0.1"})]}

test_fires_for_a_fabric if {
	fabrics.findings == {{"at": ["/network/sdn/fabrics/0", "/network/sdn/fabrics/0/properties/0", "/network/sdn/fabrics/1", "/network/sdn/fabrics/1/properties/0"], "vars": {"count": 2}}} with input as _host(_fabric("f1_pve1"), "vmbr0")
}

test_silent_for_a_fabric_of_other_nodes if {
	count(fabrics.findings) == 0 with input as _host(_fabric("f1_pve2"), "vmbr0")
}

test_silent_without_one if {
	count(fabrics.findings) == 0 with input as _host(_web, "vmbr0")
}

_frr(daemon, address) := object.union(_host(_fabric("f1_pve1"), "vmbr0"), {
	"units": [{"name": "frr.service", "active_state": "active", "file_state": "enabled"}],
	"config_files": [
		{"path": "/etc/frr/daemons", "properties": [{"key": daemon, "value": "yes"}]},
		{"path": "/etc/frr/frr.conf", "properties": [{"key": "hostname", "value": "a"}]},
	],
	"network": {"interfaces": [network_test.interface("dummy_f1", "dummy", [["address", address]], {"addresses": [{"cidr": address}]})]},
})

test_the_daemon_and_the_address_of_before_keep_it if {
	{b.params.closes | some b in fabrics.bridges} == {["PVE-SDN-004", "PVE-SDN-013"]} with input as _frr("fabricd", "10.0.0.1/32")
	{s.value | some s in fabrics.settings} == {"/var/lib/pve2nix/etc/frr/frr.conf"} with input as _frr("fabricd", "10.0.0.1/32")
	count(fabrics.checks) == 1 with input as _frr("fabricd", "10.0.0.1/32")
}

test_not_kept_without_its_daemon_or_its_address if {
	count(fabrics.bridges) == 0 with input as _frr("ospfd", "10.0.0.1/32")
	count(fabrics.settings) == 0 with input as _frr("fabricd", "10.0.0.2/32")
	count(fabrics.bridges) == 0 with input as _host(_fabric("f1_pve1"), "vmbr0")
}
