package rules.network.prefix_absurd_test

import data.lib.network_test
import data.rules.network.prefix_absurd

test_fires_for_a_prefix_of_nothing if {
	{f.vars.address | some f in prefix_absurd.findings} == {"192.0.2.10/0"} with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"addresses": [{"cidr": "192.0.2.10/0", "family": "inet"}]})]})
}

test_silent_for_a_private_network if {
	count(prefix_absurd.findings) == 0 with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"addresses": [{"cidr": "10.0.0.1/8", "family": "inet"}]})]})
}

test_silent_for_ipv6 if {
	count(prefix_absurd.findings) == 0 with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"addresses": [{"cidr": "2001:db8::1/64", "family": "inet6"}]})]})
}
