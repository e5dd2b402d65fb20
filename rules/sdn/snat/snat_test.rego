package rules.sdn.snat_test

import data.lib.network_test
import data.rules.sdn.snat

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

_lab(snat) := {
	"zones": [_section("simple", "lab", {})],
	"vnets": [_section("vnet", "vlab0", {"zone": "lab"})],
	"subnets": [_section("subnet", "lab-10.99.0.0-24", {"vnet": "vlab0", "snat": snat})],
}

test_fires_for_a_hidden_subnet if {
	snat.findings == {{"at": ["/network/sdn/subnets/0/properties/0"], "vars": {"count": 1, "subnets": "lab-10.99.0.0-24"}}} with input as _host(_lab("1"), "vmbr0")
}

test_silent_for_a_routed_one if {
	count(snat.findings) == 0 with input as _host(_lab("0"), "vmbr0")
}

test_silent_when_a_line_of_the_network_does_it if {
	line := "iptables -t nat -A POSTROUTING -s '10.99.0.0/24' -o vmbr0 -j SNAT --to-source 192.0.2.10"
	interfaces := array.concat(network_test.bridged, [network_test.interface("vlab0", "bridge", [["post-up", line]], {})])
	count(snat.findings) == 0 with input as object.union(_host(_lab("1"), "vmbr0"), {"network": {"interfaces": interfaces}})
}
