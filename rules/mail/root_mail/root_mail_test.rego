package rules.mail.root_mail_test

import data.rules.mail.root_mail

_host(relay, matcher, mailto) := {
	"packages": [{"name": "proxmox-mail-forward", "status": "installed"}],
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"system": {"mail": [{"key": "relayhost", "value": relay}]},
	"notifications": [
		{"type": "smtp", "id": "relay", "properties": [{"key": "mailto", "value": mailto}]},
		{"type": "matcher", "id": "all", "properties": array.concat([{"key": "target", "value": "relay"}], matcher)},
	],
}

test_sent_to_the_addresses_of_the_target if {
	root_mail.settings == {{"at": ["/packages/0"], "option": ["services", "postfix", "rootAlias"], "value": "ops@example.net"}} with input as _host("[smtp.example.net]", [], "ops@example.net")
}

test_not_without_a_relay_or_an_address if {
	count(root_mail.settings) == 0 with input as _host("", [], "ops@example.net")
	count(root_mail.settings) == 0 with input as _host("[smtp.example.net]", [], "|/bin/sh@x")
}

test_not_where_a_matcher_takes_some_only_or_root_has_an_alias if {
	count(root_mail.settings) == 0 with input as _host("[smtp.example.net]", [{"key": "match-field", "value": "exact:type=vzdump"}], "ops@example.net")
	count(root_mail.settings) == 0 with input as object.union(_host("[smtp.example.net]", [], "ops@example.net"), {"config_files": [{"path": "/etc/aliases", "properties": [{"key": "root", "value": "me"}]}]})
}
