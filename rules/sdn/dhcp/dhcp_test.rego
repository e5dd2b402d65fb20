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

_line(key, value) := {"key": key, "value": value, "fields": []}

_default := [_line("interface", "web"), _line("dhcp-hostsfile", "/etc/dnsmasq.d/z1/ethers"), _line("dhcp-leasefile", "/var/lib/misc/dnsmasq.z1.leases")]

_served(lines, here) := object.union(
	network_test.host({
		"sdn": {"zones": [_section("simple", "z1", {"dhcp": "dnsmasq"})], "vnets": [_section("vnet", "web", {"zone": "z1"})], "subnets": []},
		"interfaces": [network_test.interface("web", "bridge", [], {})],
	}),
	{
		"guests": [],
		"config_files": [{"path": "/etc/dnsmasq.d/z1/00-default.conf", "properties": lines}],
		"local_files": [{"path": p, "kind": "file", "state": "local"} | some p in here],
	},
)

_ethers := ["/etc/dnsmasq.d/z1/ethers"]

test_the_server_of_a_zone_reads_its_own_files if {
	facts := _served(_default, _ethers)
	{s.value._concat[1] | some s in dhcp.settings; s.option == ["systemd", "services", "dnsmasq@z1", "serviceConfig", "ExecStart"]} == {"/bin/dnsmasq --keep-in-foreground --log-facility=- --user=nobody --group=nogroup --conf-file=/dev/null --conf-dir=/etc/dnsmasq.d/z1,*.conf"} with input as facts
	{c.path | some c in dhcp.carries} == {"/etc/dnsmasq.d/z1/00-default.conf", "/etc/dnsmasq.d/z1/ethers"} with input as facts
	{[b.at, b.params.closes] | some b in dhcp.bridges} == {[["/network/sdn/zones/0/properties/0"], ["PVE-SDN-005"]]} with input as facts
	{b.at | some b in dhcp.bridges} == {["/network/sdn/zones/0/properties/0"], ["/units/0"]} with input as object.union(facts, {"units": [{"name": "dnsmasq@z1.service", "file_state": "enabled"}]})
	count(dhcp.checks) == 1 with input as facts
}

test_a_zone_whose_files_lead_further_is_not_served if {
	every facts in [
		_served(_default, []),
		_served(array.concat(_default, [_line("dhcp-script", "/root/x")]), _ethers),
		_served([_line("dhcp-hostsfile", "/root/x")], _ethers),
		_served([_line("dhcp-leasefile", "/root/x")], _ethers),
		object.union(_served(_default, _ethers), {"network": {"interfaces": []}}),
	] {
		count(dhcp.bridges) == 0 with input as facts
	}
}
