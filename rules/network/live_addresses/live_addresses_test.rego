package rules.network.live_addresses_test

import data.lib.network_test
import data.rules.network.live_addresses

test_fires_for_an_address_from_nowhere if {
	{f.vars.address | some f in live_addresses.findings} == {"192.0.2.99/32"} with input as network_test.host({"interfaces": network_test.bridged, "links": [{"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}, {"cidr": "192.0.2.99/32", "family": "inet"}]}]})
}

test_silent_for_the_configured_one if {
	count(live_addresses.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged, "links": [{"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}]}]})
}
