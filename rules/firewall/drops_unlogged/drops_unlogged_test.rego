package rules.firewall.drops_unlogged_test

import data.lib.firewall_test
import data.rules.firewall.drops_unlogged

_host(switch, level) := object.union(
	firewall_test.host([], {}),
	{"network": {"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": switch})}),
		firewall_test.file("node", "pve1", {"options": firewall_test.options({"log_level_in": level})}),
	]}},
)

test_fires_for_a_level if {
	drops_unlogged.findings == {{"at": ["/network/firewall/1/options/0"], "vars": {"level": "info"}}} with input as _host("1", "info")
}

test_silent_where_nothing_is_logged if {
	count(drops_unlogged.findings) == 0 with input as _host("1", "nolog")
}

test_silent_where_nothing_filters if {
	count(drops_unlogged.findings) == 0 with input as _host("0", "info")
}
