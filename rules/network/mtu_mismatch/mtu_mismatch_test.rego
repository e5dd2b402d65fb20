package rules.network.mtu_mismatch_test

import data.lib.network_test
import data.rules.network.mtu_mismatch

_host(port) := network_test.host({"interfaces": [
	network_test.interface("vmbr0", "bridge", [], {"ports": ["eno1"], "mtu": 9000}),
	network_test.interface("eno1", "physical", [], port),
]})

test_fires_for_a_port_with_the_default if {
	mtu_mismatch.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/1"], "vars": {"upper": "vmbr0", "lower": "eno1", "upper_mtu": 9000, "lower_mtu": 1500}}} with input as _host({})
}

test_silent_when_both_are_large if {
	count(mtu_mismatch.findings) == 0 with input as _host({"mtu": 9000})
}

test_silent_without_any_mtu if {
	count(mtu_mismatch.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}
