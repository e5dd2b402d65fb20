package rules.network.frr_test

import data.rules.network.frr

_host(state) := {
	"units": [{"name": "frr.service", "active_state": state, "file_state": state}],
	"config_files": [
		{"path": "/etc/frr/daemons", "properties": [
			{"key": "zebra", "value": "yes"}, {"key": "bgpd", "value": "yes"}, {"key": "ospfd", "value": "no"}, {"key": "x\n", "value": "yes"},
		]},
		{"path": "/etc/frr/frr.conf", "properties": [{"key": "hostname", "value": "a"}, {"key": "neighbor", "secret": {"secret": true}}]},
	],
}

test_the_same_daemons_read_the_same_file if {
	found := {concat(".", s.option): s | some s in frr.settings} with input as _host("enabled")
	{name | some name, _ in found} == {"services.frr.bgpd.enable", "services.frr.configFile"}
	found["services.frr.bgpd.enable"].at == ["/config_files/0/properties/1"]
	found["services.frr.configFile"].value == "/var/lib/pve2nix/etc/frr/frr.conf"
	found["services.frr.configFile"].at == [
		"/config_files/0/properties/0", "/config_files/0/properties/2", "/config_files/1/properties/0", "/config_files/1/properties/1", "/units/0",
	]
	frr.carries == {{
		"at": ["/config_files/1"], "path": "/etc/frr/frr.conf", "to": "/var/lib/pve2nix/etc/frr/frr.conf", "mode": "0640", "secret": true,
	}} with input as _host("enabled")
}

test_silent_where_frr_is_off if {
	count(frr.settings) + count(frr.carries) == 0 with input as _host("disabled")
}
