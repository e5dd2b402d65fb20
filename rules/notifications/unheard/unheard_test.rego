package rules.notifications.unheard_test

import data.rules.notifications.unheard

_host(disable, known) := {
	"capture": {"areas": [{"name": "notifications", "status": known}]},
	"notifications": [
		{"type": "sendmail", "id": "mail-to-root", "properties": []},
		{"type": "matcher", "id": "default-matcher", "properties": [{"key": "target", "value": "mail-to-root"}, {"key": "disable", "value": disable}]},
	],
}

test_fires_when_the_only_matcher_is_off if {
	unheard.findings == {{"at": ["/notifications/0", "/notifications/1"], "vars": {}}} with input as _host("1", "known")
}

test_silent_when_it_is_on_or_nothing_is_known if {
	count(unheard.findings) == 0 with input as _host("0", "known")
	count(unheard.findings) == 0 with input as _host("1", "partial")
}
