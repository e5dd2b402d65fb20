package rules.mail.own_authority_test

import data.rules.mail.own_authority

_host(level, certificates) := {
	"units": [{"name": "postfix.service", "file_state": "enabled"}],
	"certificates": certificates,
	"system": {"mail": [{"key": "smtp_tls_security_level", "value": "may"}, {"key": "smtp_tls_security_level", "value": level}]},
}

_own := [{"path": "/usr/local/share/ca-certificates/school.crt", "subject": "CN=School CA"}]

test_fires_on_a_verified_relay if {
	own_authority.findings == {{"at": ["/certificates/0", "/system/mail/1"], "vars": {"level": "secure", "authorities": "CN=School CA"}}} with input as _host("secure", _own)
}

test_silent_where_nothing_is_checked_or_nothing_is_of_ones_own if {
	count(own_authority.findings) == 0 with input as _host("encrypt", _own)
	count(own_authority.findings) == 0 with input as _host("secure", [])
}
