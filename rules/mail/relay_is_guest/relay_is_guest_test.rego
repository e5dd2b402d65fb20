package rules.mail.relay_is_guest_test

import data.rules.mail.relay_is_guest

_host(relay) := {
	"host": {"name": "pve", "domain": "school.example.org"},
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"guests": [{"vmid": 120, "type": "lxc", "local": true, "config": [{"key": "hostname", "value": "mail"}, {"key": "net0", "fields": [{"name": "ip", "value": "192.0.2.25/24"}]}]}],
	"system": {"mail": [{"key": "relayhost", "value": relay}]},
}

test_fires_on_a_name_and_an_address if {
	relay_is_guest.findings == {{"at": ["/system/mail/0"], "vars": {"relay": "[mail.school.example.org]:587", "guest": "120 (mail)"}}} with input as _host("[mail.school.example.org]:587")
	count(relay_is_guest.findings) == 1 with input as _host("[192.0.2.25]")
}

test_silent_on_a_provider_and_without_a_relay if {
	count(relay_is_guest.findings) == 0 with input as _host("[mail.provider.example.com]:587")
	count(relay_is_guest.findings) == 0 with input as _host("")
}
