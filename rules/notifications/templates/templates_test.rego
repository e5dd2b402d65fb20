package rules.notifications.templates_test

import data.rules.notifications.templates

_host(disable) := {"notifications": [
	{"type": "gotify", "id": "push", "properties": [{"key": "server", "value": "https://push.example.org"}]},
	{"type": "matcher", "id": "all", "properties": [{"key": "target", "value": "push"}, {"key": "disable", "value": disable}]},
]}

test_fires_on_a_target_that_gets_messages if {
	templates.findings == {{"at": ["/notifications/0"], "vars": {}}} with input as _host("0")
}

test_silent_where_nothing_is_sent_and_on_other_targets if {
	count(templates.findings) == 0 with input as _host("1")
}
