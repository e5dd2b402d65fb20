package rules.notifications.target_missing_test

import data.rules.notifications.target_missing

_host(disable) := {"notifications": [
	{"type": "smtp", "id": "relay", "properties": [{"key": "disable", "value": disable}]},
	{"type": "matcher", "id": "all", "properties": [{"key": "target", "value": "relay"}]},
	{"type": "matcher", "id": "off", "properties": [{"key": "target", "value": "nowhere"}, {"key": "disable", "value": "true"}]},
]}

test_fires_on_a_target_that_is_off if {
	target_missing.findings == {{"at": ["/notifications/1"], "vars": {"matchers": "all", "targets": "relay"}}} with input as _host("1")
}

test_silent_on_a_target_in_use_and_a_matcher_that_is_off if {
	count(target_missing.findings) == 0 with input as _host("0")
}
