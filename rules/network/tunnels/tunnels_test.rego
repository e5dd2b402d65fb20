package rules.network.tunnels_test

import data.lib.network
import data.lib.network_test
import data.rules.network.tunnels

_host(lines) := network_test.host({"interfaces": [
	network_test.interface("vmbr0", "bridge", [], {}),
	network_test.interface("tun7", "other", lines, {"addresses": [{"cidr": "10.255.7.1/30"}]}),
]})

_of(lines) := {concat(".", array.slice(s.option, 2, 6)): s.value | some s in set} if set := tunnels.settings with input as _host(lines)

_gre := [["tunnel-mode", "gre"], ["tunnel-endpoint", "203.0.113.77"], ["tunnel-local", "203.0.113.11"]]

test_a_tunnel_that_stands_for_itself if {
	_of(_gre) == {
		"netdevs.10-tun7.netdevConfig.Name": "tun7",
		"netdevs.10-tun7.netdevConfig.Kind": "gre",
		"netdevs.10-tun7.tunnelConfig.Local": "203.0.113.11",
		"netdevs.10-tun7.tunnelConfig.Remote": "203.0.113.77",
		"netdevs.10-tun7.tunnelConfig.Independent": true,
	}
}

test_a_tunnel_of_a_device if {
	found := _of(array.concat(_gre, [["tunnel-physdev", "vmbr0"], ["tunnel-ttl", "64"]]))
	found["networks.10-vmbr0.tunnel"] == ["tun7"]
	found["netdevs.10-tun7.tunnelConfig.TTL"] == 64
	not found["netdevs.10-tun7.tunnelConfig.Independent"]
}

test_six_in_six if {
	found := _of([["tunnel-mode", "ip6ip6"], ["tunnel-endpoint", "2001:db8::2"]])
	found["netdevs.10-tun7.netdevConfig.Kind"] == "ip6tnl"
	found["netdevs.10-tun7.tunnelConfig.Mode"] == "ip6ip6"
}

test_nothing_of_what_is_not_understood if {
	every lines in [
		[["tunnel-mode", "gre"]],
		[["tunnel-mode", "vti"], ["tunnel-endpoint", "203.0.113.77"]],
		[["tunnel-mode", "gre"], ["tunnel-endpoint", "2001:db8::2"]],
		[["tunnel-mode", "gre"], ["tunnel-endpoint", "${x}"]],
		array.concat(_gre, [["tunnel-tos", "0x10"]]),
		array.concat(_gre, [["tunnel-ttl", "300"]]),
		array.concat(_gre, [["tunnel-physdev", "eno9"]]),
	] {
		_of(lines) == {}
	}
}

test_its_address_is_set if {
	network.networks.tun7 with input as _host(_gre)
	not network.networks.tun7 with input as _host([["tunnel-mode", "vti"]])
}
