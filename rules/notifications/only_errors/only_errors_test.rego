package rules.notifications.only_errors_test

import data.rules.notifications.only_errors

_host(severity, enabled) := {
	"host": {"name": "a"},
	"guests": [],
	"jobs": {"scheduled": [{"type": "vzdump", "id": "n", "properties": [{"key": "enabled", "value": enabled}]}]},
	"notifications": [
		{"type": "matcher", "id": "errors", "properties": [{"key": "target", "value": "x"}, {"key": "match-severity", "value": severity}]},
		{"type": "matcher", "id": "default-matcher", "properties": [{"key": "target", "value": "x"}, {"key": "disable", "value": "1"}]},
	],
}

test_fires_on_errors_alone if {
	only_errors.findings == {{"at": ["/notifications/0"], "vars": {"matchers": "errors"}}} with input as _host("warning,error", "1")
}

test_silent_on_all_severities_and_without_backups if {
	count(only_errors.findings) == 0 with input as _host("info,error", "1")
	count(only_errors.findings) == 0 with input as _host("error", "0")
	count(only_errors.findings) == 0 with input as json.remove(_host("error", "1"), ["/notifications/0/properties/1"])
}
