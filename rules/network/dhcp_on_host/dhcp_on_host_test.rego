package rules.network.dhcp_on_host_test

import data.lib.network_test
import data.rules.network.dhcp_on_host

test_fires_for_dhcp if {
	dhcp_on_host.findings == {{"at": ["/network/interfaces/0"], "vars": {"interfaces": "vmbr0"}}} with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"methods": [{"family": "inet", "method": "dhcp"}]})]})
}

test_silent_for_a_static_address if {
	count(dhcp_on_host.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}

test_silent_for_an_interface_that_is_not_started if {
	count(dhcp_on_host.findings) == 0 with input as network_test.host({"interfaces": [network_test.interface("eno3", "physical", [], {"auto": false, "methods": [{"family": "inet", "method": "dhcp"}]})]})
}
