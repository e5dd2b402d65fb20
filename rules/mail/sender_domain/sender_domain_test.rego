package rules.mail.sender_domain_test

import data.rules.mail.sender_domain

_host(origin, state) := {
	"host": {"name": "pve", "domain": "example.org"},
	"units": [{"name": "postfix.service", "file_state": state}],
	"system": {"mail": [{"key": "myorigin", "value": origin}]},
}

test_fires_on_a_file if {
	sender_domain.findings == {{"at": ["/system/mail/0"], "vars": {"file": "/etc/mailname", "host": "pve.example.org"}}} with input as _host("/etc/mailname", "enabled")
	some f in sender_domain.findings with input as json.remove(_host("/etc/mailname", "enabled"), ["/host/domain"])
	f.vars.host == "pve"
}

_named(name) := object.union(_host("/etc/mailname", "enabled"), {
	"packages": [{"name": "postfix", "version": "3.7", "status": "installed"}],
	"system": {"mail_name": name, "mail": [{"key": "myorigin", "value": "/etc/mailname"}]},
})

test_silent_where_the_name_is_known if {
	count(sender_domain.findings) == 0 with input as _named("example.net")
	count(sender_domain.findings) == 1 with input as _named("$(reboot)")
}

test_silent_on_a_domain_and_where_postfix_does_not_run if {
	count(sender_domain.findings) == 0 with input as _host("example.org", "enabled")
	count(sender_domain.findings) == 0 with input as _host("/etc/mailname", "disabled")
}
