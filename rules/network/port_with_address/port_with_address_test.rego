package rules.network.port_with_address_test

import data.lib.network_test
import data.rules.network.port_with_address

_host(kind, ports) := network_test.host({"interfaces": [
	network_test.interface("eno1", "physical", [["address", "192.0.2.9/24"]], {"addresses": [{"cidr": "192.0.2.9/24", "family": "inet"}]}),
	network_test.interface("vmbr0", kind, [], ports),
]})

test_fires_for_a_port_with_an_address if {
	port_with_address.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/0/options/0"], "vars": {"port": "eno1", "master": "vmbr0", "addresses": "192.0.2.9/24"}}} with input as _host("bridge", {"ports": ["eno1"]})
}

test_silent_for_a_card_of_its_own if {
	count(port_with_address.findings) == 0 with input as _host("bridge", {"ports": ["eno2"]})
}

test_silent_in_open_vswitch if {
	count(port_with_address.findings) == 0 with input as _host("ovs-bridge", {"ports": ["eno1"]})
}

test_silent_for_a_plain_port if {
	count(port_with_address.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}
