package rules.network.gateway_twice_test

import data.lib.network_test
import data.rules.network.gateway_twice

_two(metrics) := network_test.host({"interfaces": [
	network_test.interface("vmbr0", "bridge", [["gateway", "192.0.2.1"], ["metric", metrics[0]]], {"gateway": "192.0.2.1"}),
	network_test.interface("vmbr1", "bridge", [["gateway", "198.51.100.1"], ["metric", metrics[1]]], {"gateway": "198.51.100.1"}),
]})

test_fires_for_the_second if {
	gateway_twice.findings == {{"at": ["/network/interfaces/1/options/0"], "vars": {"gateway": "198.51.100.1", "interface": "vmbr1"}}} with input as _two(["", ""])
}

test_silent_when_metrics_tell_them_apart if {
	count(gateway_twice.findings) == 0 with input as _two(["10", "20"])
}

test_silent_with_one_gateway if {
	count(gateway_twice.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}

test_silent_for_a_gateway_of_another_routing_domain if {
	one := network_test.interface("eno1", "physical", [], {"addresses": [{"cidr": "192.0.2.2/24", "family": "inet"}], "gateway": "192.0.2.1"})
	two := network_test.interface("eno2", "physical", [["vrf", "mgmt"]], {"addresses": [{"cidr": "198.51.100.2/24", "family": "inet"}], "gateway": "198.51.100.1"})
	vrf := network_test.interface("mgmt", "vrf", [["vrf-table", "1010"]], {})
	count(gateway_twice.findings) == 0 with input as network_test.host({"interfaces": [one, two, vrf]})
	count(gateway_twice.findings) == 1 with input as network_test.host({"interfaces": [one, two]})
}
