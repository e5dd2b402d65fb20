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

test_silent_where_the_bridge_below_takes_that_of_its_port if {
	count(mtu_mismatch.findings) == 0 with input as network_test.host({"interfaces": [
		network_test.interface("eno1", "physical", [], {"mtu": 9000}),
		network_test.interface("vmbr0", "bridge", [], {"ports": ["eno1"]}),
		network_test.interface("vmbr0.10", "vlan", [], {"vlan_id": 10, "vlan_raw_device": "vmbr0", "mtu": 9000}),
	]})
}

test_silent_where_the_port_is_a_vlan_of_a_large_card if {
	count(mtu_mismatch.findings) == 0 with input as network_test.host({"interfaces": [
		network_test.interface("eno1", "physical", [], {"mtu": 9000}),
		network_test.interface("eno1.10", "vlan", [], {"vlan_id": 10, "vlan_raw_device": "eno1"}),
		network_test.interface("vmbr0", "bridge", [], {"ports": ["eno1.10"], "mtu": 9000}),
	]})
}

test_fires_for_a_vlan_on_a_bridge_of_small_ports if {
	count(mtu_mismatch.findings) == 1 with input as network_test.host({"interfaces": [
		network_test.interface("eno1", "physical", [], {}),
		network_test.interface("vmbr0", "bridge", [], {"ports": ["eno1"]}),
		network_test.interface("vmbr0.10", "vlan", [], {"vlan_id": 10, "vlan_raw_device": "vmbr0", "mtu": 9000}),
	]})
}
