package rules.network.network_unknown_test

import data.lib.network_test
import data.rules.network.network_unknown

test_fires_without_any_interface if {
	count(network_unknown.findings) == 1 with input as network_test.host({})
}

test_fires_with_the_loopback_alone if {
	count(network_unknown.findings) == 1 with input as network_test.host({"interfaces": [network_test.interface("lo", "loopback", [], {})]})
}

test_silent_with_an_interface if {
	count(network_unknown.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}
