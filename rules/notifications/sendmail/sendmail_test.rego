package rules.notifications.sendmail_test

import data.rules.notifications.sendmail

_host(target) := {"notifications": [
	{"type": "sendmail", "id": "mail-to-root", "properties": []},
	{"type": "smtp", "id": "relay", "properties": []},
	{"type": "matcher", "id": "all", "properties": [{"key": "target", "value": target}]},
]}

test_fires_on_sendmail_in_use if {
	sendmail.findings == {{"at": ["/notifications/0"], "vars": {"targets": "mail-to-root"}}} with input as _host("mail-to-root")
}

test_silent_on_a_target_that_nothing_reaches if {
	count(sendmail.findings) == 0 with input as _host("relay")
}
