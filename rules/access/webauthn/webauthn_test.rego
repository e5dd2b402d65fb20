package rules.access.webauthn_test

import data.rules.access.webauthn

_host(fields, two_factor) := {
	"datacenter": {"options": [{"key": "keyboard", "value": "de", "fields": []}, {"key": "webauthn", "value": "", "fields": fields}]},
	"access": {"users": [{"id": "a@pve", "enabled": true, "two_factor": two_factor}]},
}

test_fires_on_users_with_a_key if {
	webauthn.findings == {{"at": ["/datacenter/options/1"], "vars": {"id": "pve.example.org", "origin": "https://pve.example.org"}}} with input as _host([{"name": "id", "value": "pve.example.org"}, {"name": "origin", "value": "https://pve.example.org"}], true)
}

test_says_that_no_origin_is_set if {
	webauthn.findings == {{"at": ["/datacenter/options/1"], "vars": {"id": "pve.example.org", "origin": "none"}}} with input as _host([{"name": "id", "value": "pve.example.org"}], true)
}

test_silent_when_nobody_has_a_second_factor if {
	count(webauthn.findings) == 0 with input as _host([{"name": "id", "value": "pve.example.org"}], false)
}
