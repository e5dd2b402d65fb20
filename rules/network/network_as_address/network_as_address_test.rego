package rules.network.network_as_address_test

import data.lib.network_test
import data.rules.network.network_as_address

_host(address, family) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["address", address]], {"addresses": [{"cidr": address, "family": family}]})]})

test_fires_for_ipv4 if {
	network_as_address.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/0/options/0"], "vars": {"interface": "vmbr0", "address": "192.0.2.64/26"}}} with input as _host("192.0.2.64/26", "inet")
}

test_fires_for_ipv6 if {
	count(network_as_address.findings) == 1 with input as _host("2001:db8:1::/64", "inet6")
}

test_silent_inside_of_the_network if {
	count(network_as_address.findings) == 0 with input as _host("192.0.2.64/25", "inet")
}

test_silent_for_a_pair_of_addresses if {
	count(network_as_address.findings) == 0 with input as _host("192.0.2.64/31", "inet")
}

test_silent_for_another_host_of_ipv6 if {
	count(network_as_address.findings) == 0 with input as _host("2001:db8:1::1/64", "inet6")
}
