package rules.network.live_addresses_test

import data.lib.network_test
import data.rules.network.live_addresses

test_fires_for_an_address_from_nowhere if {
	{f.vars.address | some f in live_addresses.findings} == {"192.0.2.99/32"} with input as network_test.host({"interfaces": network_test.bridged, "links": [{"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}, {"cidr": "192.0.2.99/32", "family": "inet"}]}]})
}

test_silent_for_the_configured_one if {
	count(live_addresses.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged, "links": [{"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}]}]})
}

_with(interfaces, more) := object.union(
	network_test.host({
		"interfaces": array.concat(network_test.bridged, interfaces),
		"links": [{"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [{"cidr": "192.0.2.99/32", "family": "inet"}]}],
	}),
	more,
)

test_silent_for_the_address_of_an_alias if {
	count(live_addresses.findings) == 0 with input as _with([network_test.interface("vmbr0:0", "alias", [], {"addresses": [{"cidr": "192.0.2.99/32", "family": "inet"}]})], {})
}

test_silent_for_an_address_of_keepalived if {
	more := {
		"units": [{"name": "keepalived.service", "file_state": "enabled"}],
		"config_files": [{"path": "/etc/keepalived/keepalived.conf", "properties": [{"key": "vrrp_instance V.virtual_ipaddress.192.0.2.99/32", "value": ""}]}],
	}
	count(live_addresses.findings) == 0 with input as _with([], more)
	count(live_addresses.findings) == 1 with input as _with([], object.union(more, {"units": [{"name": "keepalived.service", "file_state": "disabled"}]}))
}
