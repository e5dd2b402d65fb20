package rules.network.router_advertisements_test

import data.lib.network_test
import data.rules.network.router_advertisements

_host(configured, live) := network_test.host({
	"interfaces": [network_test.interface("vmbr0", "bridge", [], {"addresses": configured})],
	"links": [{"name": "vmbr0", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": live}],
})

_address := [{"cidr": "2001:db8::10/64", "family": "inet6"}]

test_fires_for_an_address_from_nowhere if {
	{f.vars.interfaces | some f in router_advertisements.findings} == {"vmbr0"} with input as _host([], _address)
}

test_silent_when_a_line_gives_it if {
	count(router_advertisements.findings) == 0 with input as _host(_address, _address)
}

test_silent_without_ipv6 if {
	count(router_advertisements.findings) == 0 with input as _host([], [])
}
