package rules.firewall.elsewhere_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.elsewhere

_host(scope, name) := object.union(
	network_test.host({"firewall": [firewall_test.file(scope, name, {"options": firewall_test.options({"enable": "1"})})]}),
	{
		"packages": [{"name": "pve-cluster", "version": "1", "arch": "amd64", "status": "installed", "auto": false}],
		"guests": [
			{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": []},
			{"vmid": 200, "type": "qemu", "node": "pve2", "local": false, "config": []},
		],
	},
)

test_files_of_others_are_carried_with_the_database if {
	{c.at | some c in elsewhere.carries} == {["/network/firewall/0/options/0"]} with input as _host("node", "pve2")
	{c.at | some c in elsewhere.carries} == {["/network/firewall/0/options/0"]} with input as _host("guest", "200")
}

test_own_files_are_not if {
	count(elsewhere.carries) == 0 with input as _host("node", "pve1")
	count(elsewhere.carries) == 0 with input as _host("guest", "100")
	count(elsewhere.carries) == 0 with input as _host("cluster", "")
}

test_a_group_that_nothing_names_stays_in_the_database if {
	group := {"name": "web", "rules": [firewall_test.rule("IN", "ACCEPT", "", {})]}
	base := _host("cluster", "")
	unused := object.union(base, {"network": {"firewall": [firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"}), "groups": [group]})]}})
	{c.at | some c in elsewhere.carries} == {["/network/firewall/0/groups/0/rules/0"]} with input as unused
	used := object.union(base, {"network": {"firewall": [firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"}), "groups": [group], "rules": [firewall_test.rule("GROUP", "web", "", {})]})]}})
	count(elsewhere.carries) == 0 with input as used
}

_misread(name) := object.union(_host("node", name), {"network": {"firewall": [object.union(
	firewall_test.file("node", name, {}),
	{"anomalies": [{"kind": "ignored-line", "detail": "x", "source": "/etc/pve/nodes/x/host.fw:1"}]},
)]}})

test_anomalies_of_their_files_are_theirs if {
	{c.at | some c in elsewhere.carries} == {["/network/firewall/0/anomalies/0"]} with input as _misread("pve2")
	count(elsewhere.carries) == 0 with input as _misread("pve1")
}

_vnet(nftables) := object.union(_host("vnet", "web"), {"network": {"firewall": [
	firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
	firewall_test.file("node", "pve1", {"options": firewall_test.options({"nftables": nftables})}),
	firewall_test.file("vnet", "web", {"rules": [firewall_test.rule("FORWARD", "DROP", "", {})]}),
]}})

test_files_of_virtual_networks_that_nobody_reads_are_carried if {
	{c.at | some c in elsewhere.carries} == {["/network/firewall/2/rules/0"]} with input as _vnet("0")
	count(elsewhere.carries) == 0 with input as _vnet("1")
}

_off(options) := object.union(_host("guest", "100"), {"network": {"firewall": [
	firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": "1"})}),
	firewall_test.file("guest", "100", {"options": firewall_test.options(options)}),
]}})

test_files_of_guests_that_say_nothing_are_carried if {
	{c.at | some c in elsewhere.carries} == {["/network/firewall/1/options/0"]} with input as _off({"enable": "0"})
	count(elsewhere.carries) == 0 with input as _off({"enable": "1"})
}
