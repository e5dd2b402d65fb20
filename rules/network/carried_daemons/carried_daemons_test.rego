package rules.network.carried_daemons_test

import data.rules.network.carried_daemons

_host(unit, state) := {
	"units": [{"name": unit, "active_state": state, "file_state": state}],
	"config_files": [
		{"path": "/etc/frr/daemons", "properties": [{"key": "bgpd", "value": "yes"}]},
		{"path": "/etc/frr/frr.conf", "properties": [{"key": "hostname", "value": "a"}]},
		{"path": "/etc/wireguard/wg0.conf", "properties": [{"key": "Interface.Address", "value": "10.0.0.1/24"}]},
	],
}

_kept(host) := {p | some b in found; some p in b.at} if found := carried_daemons.bridges with input as host

test_lines_of_routing_are_kept if {
	{"/units/0", "/config_files/1/properties/0", "/config_files/0/properties/0"} - _kept(_host("frr.service", "enabled")) == set()
	{concat(".", s.option) | some s in carried_daemons.settings} == {"services.frr.bgpd.enable", "services.frr.configFile"} with input as _host("frr.service", "enabled")
}

test_lines_of_a_tunnel_are_kept if {
	{"/units/0", "/config_files/2/properties/0"} - _kept(_host("wg-quick@wg0.service", "enabled")) == set()
}

test_silent_where_neither_runs if {
	_kept(_host("frr.service", "disabled")) == set()
	_kept(_host("wg-quick@wg1.service", "enabled")) == set()
}
