package rules.system.mail_tables_test

import data.rules.system.mail_tables

_host(name, key, value) := {
	"packages": [{"name": name, "status": "installed"}],
	"local_files": [{"path": "/etc/postfix/sasl_passwd"}, {"path": "/etc/postfix/generic"}, {"path": "/etc/postfix/a"}, {"path": "/etc/postfix/b"}, {"path": "/etc/postfix/../shadow"}],
	"system": {"mail": [{"key": key, "value": value, "fields": []}]},
}

test_credentials_are_carried_and_read_as_text if {
	host := _host("postfix", "smtp_sasl_password_maps", "hash:/etc/postfix/sasl_passwd")
	count(mail_tables.findings) == 0 with input as host
	mail_tables.settings == {{"at": ["/system/mail/0"], "option": ["services", "postfix", "config", "smtp_sasl_password_maps"], "value": "texthash:/var/lib/pve2nix/etc/postfix/sasl_passwd"}} with input as host
	{[c.path, c.to, c.mode, c.secret] | some c in mail_tables.carries} == {["/etc/postfix/sasl_passwd", "/var/lib/pve2nix/etc/postfix/sasl_passwd", "0600", true]} with input as host
}

test_a_table_of_patterns_keeps_its_type if {
	{s.value | some s in mail_tables.settings} == {"regexp:/var/lib/pve2nix/etc/postfix/generic"} with input as _host("postfix", "smtp_generic_maps", "regexp:/etc/postfix/generic")
}

test_fires_on_tables_elsewhere_and_on_several if {
	mail_tables.findings == {{"at": ["/system/mail/0"], "vars": {"keys": "transport_maps"}}} with input as _host("postfix", "transport_maps", "hash:/srv/mail/transport")
	count(mail_tables.findings) == 1 with input as _host("postfix", "transport_maps", "hash:/etc/postfix/gone")
	count(mail_tables.findings) == 1 with input as _host("postfix", "transport_maps", "hash:/etc/postfix/a, regexp:/etc/postfix/b")
	count(mail_tables.settings) == 0 with input as _host("postfix", "transport_maps", "hash:/etc/postfix/a, regexp:/etc/postfix/b")
}

test_carries_no_path_that_climbs if {
	count(mail_tables.carries | mail_tables.settings) == 0 with input as _host("postfix", "smtp_sasl_password_maps", "hash:/etc/postfix/../shadow")
	count(mail_tables.carries | mail_tables.settings) == 0 with input as _host("postfix", "smtp_sasl_password_maps", "hash:/etc/postfix/$(reboot)")
}

test_silent_on_the_aliases_that_every_host_has if {
	count(mail_tables.findings) == 0 with input as _host("postfix", "alias_maps", "hash:/etc/aliases")
}

test_silent_when_postfix_is_removed if {
	count(mail_tables.findings) == 0 with input as _host("exim4", "smtp_sasl_password_maps", "hash:/etc/postfix/sasl_passwd")
}
