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

_with_postfix(target) := object.union(_host(target), {"units": [{"name": "postfix.service", "load_state": "loaded", "active_state": "active", "file_state": "enabled"}]})

_link := {"at": ["/notifications/0"], "option": ["systemd", "tmpfiles", "settings", "10-sendmail", "/usr/sbin/sendmail", "L+", "argument"], "value": "/run/wrappers/bin/sendmail"}

test_linked_where_postfix_runs if {
	sendmail.settings == {_link} with input as _with_postfix("mail-to-root")
	sendmail.bridges == {{"at": ["/notifications/0"], "bridge": "service", "params": {"path": "/usr/sbin/sendmail", "closes": ["PVE-NTF-002"]}}} with input as _with_postfix("mail-to-root")
}

test_no_link_without_postfix_or_target if {
	count(sendmail.settings) == 0 with input as _host("mail-to-root")
	count(sendmail.bridges) == 0 with input as _host("mail-to-root")
	count(sendmail.settings) == 0 with input as _with_postfix("relay")
	count(sendmail.bridges) == 0 with input as _with_postfix("relay")
}
