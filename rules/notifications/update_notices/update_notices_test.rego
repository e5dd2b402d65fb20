package rules.notifications.update_notices_test

import data.rules.notifications.update_notices

_host(field, word) := {
	"datacenter": {"options": [{"key": "notify", "value": "", "fields": [{"name": "package-updates", "value": word}]}]},
	"notifications": [{"type": "matcher", "id": "updates", "properties": [{"key": "target", "value": "x"}, {"key": "match-field", "value": field}]}],
}

test_fires_on_a_matcher_and_on_the_switch if {
	update_notices.findings == {{"at": ["/datacenter/options/0", "/notifications/0"], "vars": {"places": "datacenter.cfg, matcher updates"}}} with input as _host("regex:type=^package-updates$", "always")
}

test_silent_on_other_messages_and_on_the_default if {
	count(update_notices.findings) == 0 with input as _host("exact:type=vzdump", "auto")
}
