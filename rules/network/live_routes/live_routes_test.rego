package rules.network.live_routes_test

import data.lib.network_test
import data.rules.network.live_routes

_host(lines, routes) := network_test.host({
	"interfaces": [network_test.interface("vmbr0", "bridge", lines, {"gateway": "192.0.2.1", "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}]})],
	"routes": routes,
})

_route := {"destination": "10.9.0.0/16", "gateway": "192.0.2.8", "interface": "vmbr0"}

test_fires_for_a_route_from_nowhere if {
	live_routes.findings == {{"at": ["/network/interfaces/0"], "vars": {"destination": "10.9.0.0/16", "gateway": "192.0.2.8", "interface": "vmbr0"}}} with input as _host([], [_route])
}

test_silent_when_a_line_makes_it if {
	count(live_routes.findings) == 0 with input as _host([["up", "ip route add 10.9.0.0/16 via 192.0.2.8"]], [_route])
}

test_silent_for_the_default_gateway_and_the_own_network if {
	count(live_routes.findings) == 0 with input as _host([], [{"destination": "default", "gateway": "192.0.2.1", "interface": "vmbr0"}, {"destination": "192.0.2.0/24", "interface": "vmbr0"}])
}

test_silent_for_links_of_other_programs if {
	count(live_routes.findings) == 0 with input as _host([], [object.union(_route, {"interface": "tailscale0"})])
}

test_silent_when_a_line_in_other_words_makes_it if {
	count(live_routes.findings) == 0 with input as _host([["up", "route add -net 10.9.0.0 netmask 255.255.0.0 gw 192.0.2.8"]], [_route])
}

test_silent_for_what_a_daemon_has_learnt if {
	count(live_routes.findings) == 0 with input as _host([], [object.union(_route, {"protocol": "bgp"})])
	count(live_routes.findings) == 1 with input as _host([], [object.union(_route, {"protocol": "static"})])
}
