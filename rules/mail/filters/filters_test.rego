package rules.mail.filters_test

import data.rules.mail.filters

_host(value, state) := {
	"units": [{"name": "postfix.service", "file_state": state}],
	"system": {"mail": [{"key": "relayhost", "value": "x"}, {"key": "smtpd_milters", "value": value}]},
}

test_fires_on_a_milter if {
	filters.findings == {{"at": ["/system/mail/1"], "vars": {"filters": "inet:localhost:8891"}}} with input as _host("inet:localhost:8891", "enabled")
}

test_silent_on_an_empty_line_and_where_postfix_does_not_run if {
	count(filters.findings) == 0 with input as _host("", "enabled")
	count(filters.findings) == 0 with input as _host("inet:localhost:8891", "disabled")
}
