package rules.mail.header_checks_test

import data.rules.mail.header_checks

_host(key, value) := {
	"packages": [{"name": "postfix", "status": "installed"}],
	"local_files": [{"path": "/etc/postfix/from"}],
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"system": {"mail": [{"key": "biff", "value": "no"}, {"key": key, "value": value}]},
}

test_fires_on_a_table if {
	header_checks.findings == {{"at": ["/system/mail/1"], "vars": {"keys": "smtp_header_checks"}}} with input as _host("smtp_header_checks", "regexp:/srv/from")
}

test_silent_on_an_empty_line_and_on_maps if {
	count(header_checks.findings) == 0 with input as _host("header_checks", "")
	count(header_checks.findings) == 0 with input as _host("smtp_header_checks", "regexp:/etc/postfix/from")
	count(header_checks.findings) == 0 with input as _host("smtp_generic_maps", "hash:/etc/postfix/generic")
}
