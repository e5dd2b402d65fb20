package lib.notices_test

import data.lib.notices

_host := {"notifications": [
	{"type": "sendmail", "id": "root", "properties": []},
	{"type": "smtp", "id": "off", "properties": [{"key": "disable", "value": "true"}]},
	{"type": "matcher", "id": "m", "properties": [{"key": "target", "value": "root"}, {"key": "target", "value": "off"}, {"key": "match-severity", "value": "error,unknown"}, {"key": "match-field", "value": "exact:type=vzdump"}]},
	{"type": "matcher", "id": "silent", "properties": [{"key": "disable", "value": "1"}]},
]}

test_targets_and_matchers_that_are_on if {
	object.keys(notices.targets) == {"root"} with input as _host
	notices.matchers == {"/notifications/2": {"id": "m", "targets": {"root", "off"}, "severities": {"error", "unknown"}, "fields": {"exact:type=vzdump"}}} with input as _host
	notices.reached_at == ["/notifications/0"] with input as _host
}
