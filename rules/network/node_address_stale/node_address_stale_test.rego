package rules.network.node_address_stale_test

import data.lib.network_test
import data.rules.network.node_address_stale

_host(interfaces, address) := network_test.host({"interfaces": interfaces, "hosts": [{"address": "127.0.0.1", "names": ["localhost", "pve1"]}, {"address": address, "names": ["pve1.example.net", "pve1"]}]})

test_fires_for_an_old_address if {
	node_address_stale.findings == {{"at": ["/network/hosts/1"], "vars": {"node": "pve1", "address": "192.0.2.99"}}} with input as _host(network_test.bridged, "192.0.2.99")
}

test_silent_for_its_own_address if {
	count(node_address_stale.findings) == 0 with input as _host(network_test.bridged, "192.0.2.10")
}

test_silent_where_addresses_are_handed_out if {
	count(node_address_stale.findings) == 0 with input as _host(array.concat(network_test.bridged, [network_test.interface("eno2", "physical", [], {"methods": [{"family": "inet", "method": "dhcp"}]})]), "192.0.2.99")
}

test_silent_for_the_address_of_a_tunnel if {
	count(node_address_stale.findings) == 0 with input as _host(array.concat(network_test.bridged, [network_test.interface("wg0", "other", [], {"addresses": [{"cidr": "192.0.2.99/24", "family": "inet"}]})]), "192.0.2.99")
}

test_silent_for_its_own_address_in_another_spelling if {
	interfaces := array.concat(network_test.bridged, [network_test.interface("eno2", "physical", [], {"addresses": [{"cidr": "2001:db8::10/64", "family": "inet6"}]})])
	count(node_address_stale.findings) == 0 with input as _host(interfaces, "2001:0DB8:0::10")
	count(node_address_stale.findings) == 1 with input as _host(interfaces, "2001:db8::11")
}
