package rules.network.gateway_outside_test

import data.lib.network_test
import data.rules.network.gateway_outside

test_fires_for_a_single_address if {
	gateway_outside.findings == {{"at": ["/network/interfaces/0"], "vars": {"gateway": "198.51.100.1", "interface": "vmbr0"}}} with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"addresses": [{"cidr": "203.0.113.7/32", "family": "inet"}], "gateway": "198.51.100.1"})]})
}

test_silent_for_a_gateway_in_the_network if {
	count(gateway_outside.findings) == 0 with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"addresses": [{"cidr": "203.0.113.7/24", "family": "inet"}], "gateway": "203.0.113.1"})]})
}
