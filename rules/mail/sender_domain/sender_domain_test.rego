package rules.mail.sender_domain_test

import data.rules.mail.sender_domain

_host(origin, state) := {
	"host": {"name": "pve", "domain": "example.org"},
	"units": [{"name": "postfix.service", "file_state": state}],
	"system": {"mail": [{"key": "myorigin", "value": origin}]},
}

test_fires_on_a_file if {
	sender_domain.findings == {{"at": ["/system/mail/0"], "vars": {"host": "pve.example.org"}}} with input as _host("/etc/mailname", "enabled")
	some f in sender_domain.findings with input as json.remove(_host("/etc/mailname", "enabled"), ["/host/domain"])
	f.vars.host == "pve"
}

test_silent_on_a_domain_and_where_postfix_does_not_run if {
	count(sender_domain.findings) == 0 with input as _host("example.org", "enabled")
	count(sender_domain.findings) == 0 with input as _host("/etc/mailname", "disabled")
}
