package rules.system.mail_tables_test

import data.rules.system.mail_tables

_host(name, key, value) := {
	"packages": [{"name": name, "status": "installed"}],
	"system": {"mail": [{"key": key, "value": value, "fields": []}]},
}

test_fires_and_carries_the_credentials if {
	host := _host("postfix", "smtp_sasl_password_maps", "hash:/etc/postfix/sasl_passwd")
	mail_tables.findings == {{"at": ["/system/mail/0"], "vars": {"keys": "smtp_sasl_password_maps"}}} with input as host
	{[c.path, c.to, c.mode, c.secret] | some c in mail_tables.carries} == {["/etc/postfix/sasl_passwd", "/var/lib/pve2nix/etc/postfix/sasl_passwd", "0600", true]} with input as host
}

test_carries_no_path_that_climbs if {
	count(mail_tables.carries) == 0 with input as _host("postfix", "smtp_sasl_password_maps", "hash:/etc/postfix/../shadow")
}

test_silent_on_the_aliases_that_every_host_has if {
	count(mail_tables.findings) == 0 with input as _host("postfix", "alias_maps", "hash:/etc/aliases")
}

test_silent_when_postfix_is_removed if {
	count(mail_tables.findings) == 0 with input as _host("exim4", "smtp_sasl_password_maps", "hash:/etc/postfix/sasl_passwd")
}
