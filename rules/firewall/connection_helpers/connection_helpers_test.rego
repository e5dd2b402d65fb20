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

_helpers := {
	"ftp": {"module": "nf_conntrack_ftp", "connections": [{"type": "ftp", "protocol": "tcp", "port": 21}]},
	"tftp": {"module": "nf_conntrack_tftp", "connections": [{"type": "tftp", "protocol": "udp", "port": 69}]},
}

test_a_table_of_its_own_has_the_helpers if {
	settings := connection_helpers.settings with input as _host("1") with data.catalog as {"conntrack_helpers": _helpers, "firewall_macros": {}}
	{s.value | some s in settings; s.option == ["boot", "kernelModules"]} == {["nf_conntrack_ftp", "nf_conntrack_tftp"]}
	some s in settings
	s.option == ["systemd", "services", "connection-helpers", "script"]
	contains(s.value, `ct helper ftp-tcp { type "ftp" protocol tcp; }`)
	contains(s.value, "chain incoming {\n  type filter hook prerouting priority filter; policy accept;\n  tcp dport 21 ct helper set \"ftp-tcp\"\n  udp dport 69 ct helper set \"tftp-udp\"\n}")
}

test_the_bridge_closes_it if {
	{b.params.closes[0] | some b in connection_helpers.bridges} == {"PVE-FW-012"} with input as _host("1") with data.catalog as {"conntrack_helpers": _helpers, "firewall_macros": {}}
	count(connection_helpers.checks) == 1 with input as _host("1") with data.catalog as {"conntrack_helpers": _helpers, "firewall_macros": {}}
}

test_a_helper_that_is_not_known_keeps_back_all if {
	count(connection_helpers.settings) == 0 with input as _host("1") with data.catalog as {"conntrack_helpers": object.remove(_helpers, ["tftp"]), "firewall_macros": {}}
	count(connection_helpers.bridges) == 0 with input as _host("0") with data.catalog as {"conntrack_helpers": _helpers, "firewall_macros": {}}
}
