package rules.access.yubico_test

import data.rules.access.yubico

_host(type, user) := {"access": {
	"users": [{"id": user, "enabled": true}],
	"realms": [{"type": "ad", "id": "OFFICE", "properties": [{"key": "domain", "value": "x", "fields": []}, {"key": "tfa", "value": "", "fields": [{"name": "type", "value": type}]}]}],
}}

test_fires_on_yubico if {
	yubico.findings == {{"at": ["/access/realms/0/properties/1"], "vars": {"realm": "OFFICE", "url": "https://api.yubico.com"}}} with input as _host("yubico", "a@OFFICE")
}

test_names_an_own_server if {
	some f in yubico.findings with input as json.patch(_host("yubico", "a@OFFICE"), [{"op": "add", "path": "/access/realms/0/properties/1/fields/1", "value": {"name": "url", "value": "https://keys.example.org"}}])
	f.vars.url == "https://keys.example.org"
}

test_silent_on_codes_and_on_a_realm_without_users if {
	count(yubico.findings) == 0 with input as _host("oath", "a@OFFICE")
	count(yubico.findings) == 0 with input as _host("yubico", "a@pve")
}
