package rules.network.wireguard_saved_test

import data.rules.network.wireguard_saved

_host(state, key, value) := {
	"units": [{"name": "wg-quick@wg0.service", "file_state": state}],
	"config_files": [{"path": "/etc/wireguard/wg0.conf", "format": "ini", "properties": [{"key": "Interface.ListenPort", "value": "51820", "fields": []}, {"key": key, "value": value, "fields": []}]}],
}

test_fires_where_the_file_is_written_later if {
	wireguard_saved.findings == {{"at": ["/config_files/0/properties/1"], "vars": {"files": "/etc/wireguard/wg0.conf"}}} with input as _host("enabled", "Interface.SaveConfig", "true")
}

test_silent_where_it_is_not if {
	count(wireguard_saved.findings) == 0 with input as _host("enabled", "Interface.SaveConfig", "false")
}

test_silent_for_a_tunnel_that_is_not_used if {
	count(wireguard_saved.findings) == 0 with input as _host("disabled", "Interface.SaveConfig", "true")
}
