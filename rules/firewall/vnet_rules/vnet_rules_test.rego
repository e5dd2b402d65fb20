package rules.firewall.vnet_rules_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.vnet_rules

_section(type, id, properties) := {"type": type, "id": id, "properties": [{"key": k, "value": v, "fields": []} | some k, v in properties]}

_host(sdn, bridge) := object.union(
	network_test.host({"sdn": sdn}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": bridge}]}]}]},
)

_web := {"zones": [_section("vlan", "z1", {"bridge": "vmbr0"})], "vnets": [_section("vnet", "web", {"zone": "z1", "tag": "5"})]}

_vnet(enable) := _node(enable, "1")

_node(enable, nftables) := object.union(_host(_web, "vmbr0"), {"network": {"firewall": [
	firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
	firewall_test.file("node", "pve1", {"options": firewall_test.options({"nftables": nftables})}),
	firewall_test.file("vnet", "web", {"options": firewall_test.options({"enable": enable}), "rules": [firewall_test.rule("FORWARD", "DROP", "", {"source": "+nosuchset"})]}),
]}})

test_fires_for_a_network_that_filters if {
	vnet_rules.findings == {{"at": ["/network/firewall/2/options/0", "/network/firewall/2/rules/0"], "vars": {"vnets": "web"}}} with input as _vnet("1")
}

test_silent_when_it_is_off if {
	count(vnet_rules.findings) == 0 with input as _vnet("0")
}

test_silent_where_the_firewall_of_iptables_runs if {
	count(vnet_rules.findings) == 0 with input as _node("1", "0")
}
