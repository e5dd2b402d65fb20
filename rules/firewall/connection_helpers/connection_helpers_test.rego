package rules.firewall.connection_helpers_test

import data.lib.firewall_test
import data.rules.firewall.connection_helpers

_host(switch) := object.union(
	firewall_test.host([], {}),
	{"network": {"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": switch})}),
		firewall_test.file("node", "pve1", {"options": firewall_test.options({"nf_conntrack_helpers": "ftp,tftp"})}),
	]}},
)

test_fires_for_helpers if {
	connection_helpers.findings == {{"at": ["/network/firewall/1/options/0"], "vars": {"helpers": "ftp,tftp"}}} with input as _host("1")
}

test_silent_where_nothing_filters if {
	count(connection_helpers.findings) == 0 with input as _host("0")
}
