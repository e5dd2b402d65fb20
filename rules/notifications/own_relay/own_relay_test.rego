package rules.notifications.own_relay_test

import data.rules.notifications.own_relay

_host(server) := {
	"host": {"name": "pve1"},
	"notifications": [
		{"type": "smtp", "id": "relay", "properties": [{"key": "server", "value": server}]},
		{"type": "matcher", "id": "all", "properties": [{"key": "target", "value": "relay"}]},
	],
}

test_fires_on_this_host if {
	own_relay.findings == {{"at": ["/notifications/0"], "vars": {"target": "relay", "server": "localhost", "mode": "tls"}}} with input as _host("localhost")
}

test_silent_on_another_server if {
	count(own_relay.findings) == 0 with input as _host("smtp.example.org")
}
