package rules.network.wireguard_commands_test

import data.rules.network.wireguard_commands

_host(state, key, value) := {
	"units": [{"name": "wg-quick@wg0.service", "file_state": state}],
	"config_files": [{"path": "/etc/wireguard/wg0.conf", "format": "ini", "properties": [{"key": "Interface.ListenPort", "value": "51820", "fields": []}, {"key": key, "value": value, "fields": []}]}],
}

test_fires_for_a_command if {
	wireguard_commands.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"tunnels": "wg0", "count": 1, "example": "iptables -A FORWARD -i %i -j ACCEPT"}}} with input as _host("enabled", "Interface.PostUp", "iptables -A FORWARD -i %i -j ACCEPT")
}

test_silent_without_one if {
	count(wireguard_commands.findings) == 0 with input as _host("enabled", "Interface.MTU", "1420")
}

test_silent_for_a_tunnel_that_is_not_used if {
	count(wireguard_commands.findings) == 0 with input as _host("disabled", "Interface.PostUp", "iptables -A FORWARD -i %i -j ACCEPT")
}
