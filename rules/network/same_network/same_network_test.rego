package rules.network.same_network_test

import data.lib.network_test
import data.rules.network.same_network

_host(second, options) := network_test.host({"interfaces": [
	network_test.interface("eno1", "physical", [], {"addresses": [{"cidr": "10.0.0.5/24", "family": "inet"}]}),
	network_test.interface("eno2", "physical", options, {"addresses": [{"cidr": second, "family": "inet"}, {"cidr": "2001:db8::5/64", "family": "inet6"}]}),
]})

test_fires_for_two_cards_in_one_network if {
	same_network.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/1"], "vars": {"interfaces": "eno1, eno2", "network": "10.0.0.0/24"}}} with input as _host("10.0.0.6/24", [])
}

test_silent_for_neighbouring_networks if {
	count(same_network.findings) == 0 with input as _host("10.0.1.6/24", [])
}

test_silent_for_another_length if {
	count(same_network.findings) == 0 with input as _host("10.0.0.6/25", [])
}

test_silent_in_another_routing_domain if {
	count(same_network.findings) == 0 with input as _host("10.0.0.6/24", [["vrf", "blue"]])
}
