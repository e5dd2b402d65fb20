package rules.network.open_vswitch_unwritten_test

import data.lib.network_test
import data.rules.network.open_vswitch_unwritten

_host(name) := network_test.host({
	"interfaces": [network_test.interface("vmbr1", "ovs-bridge", [], {})],
	"ovs": {"options": [], "bridges": [{"name": name, "ports": [name]}]},
})

test_fires_for_a_bridge_of_the_database if {
	open_vswitch_unwritten.findings == {{"at": ["/network/ovs/bridges/0"], "vars": {"bridges": "br-mon"}}} with input as _host("br-mon")
}

test_silent_for_a_bridge_of_the_file if {
	count(open_vswitch_unwritten.findings) == 0 with input as _host("vmbr1")
}
