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

_default(type, relay) := {
	"packages": [{"name": "proxmox-mail-forward", "status": "installed"}],
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"system": {"mail": [{"key": "relayhost", "value": relay}]},
	"notifications": [
		{"type": type, "id": "mail-to-root", "properties": [{"key": "mailto-user", "value": "root@pam"}, {"key": "mailto", "value": "ops@example.net"}]},
		{"type": "matcher", "id": "default-matcher", "properties": [{"key": "target", "value": "mail-to-root"}]},
	],
}

_options := {concat(".", s.option): s.value | some s in root_mail.settings}

test_users_of_the_targets_are_looked_up_when_postfix_starts if {
	options := _options with input as _default("sendmail", "") with data.target as "proxmox"
	options["services.postfix.config.alias_maps"] == ["texthash:/var/lib/root-mail/root"]
	options["systemd.services.root-mail.environment"] == {"ADDRESSES": "ops@example.net", "FILE": "/etc/pve/user.cfg", "TABLE": "/var/lib/root-mail/root", "USERS": "root@pam"}
	options["systemd.services.root-mail.before"] == ["postfix.service"]
	not options["services.postfix.rootAlias"]
	count(root_mail.carries) == 0 with input as _default("sendmail", "") with data.target as "proxmox"
}

test_other_targets_look_into_a_copy if {
	options := _options with input as _default("sendmail", "") with data.target as "libvirt"
	options["systemd.services.root-mail.environment"].FILE == "/var/lib/pve2nix/mail/user.cfg"
	{c.path | some c in root_mail.carries} == {"/etc/pve/user.cfg"} with input as _default("sendmail", "") with data.target as "libvirt"
}

test_a_server_of_the_target_has_no_successor_without_a_relay if {
	count(root_mail.settings) == 0 with input as _default("smtp", "") with data.target as "proxmox"
	count(root_mail.settings) > 0 with input as _default("smtp", "[smtp.example.net]") with data.target as "proxmox"
}
