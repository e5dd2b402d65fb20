package rules.containers.card_limits_test

import data.rules.containers.card_limits

_host(name, value) := {"guests": [{"vmid": 209, "type": "lxc", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "name", "value": "eth0"}, {"name": name, "value": value}]}]}]}

test_fires_on_a_rate if {
	card_limits.findings == {{"at": ["/guests/0/config/0"], "vars": {"cards": "209 net0"}}} with input as _host("rate", "12.5")
}

test_fires_on_a_card_that_is_off if {
	count(card_limits.findings) == 1 with input as _host("link_down", "1")
}

test_silent_on_a_card_that_is_on if {
	count(card_limits.findings) == 0 with input as _host("link_down", "0")
}
