package rules.backup.notification_targets_test

import data.rules.backup.notification_targets

_host(key, enabled) := {
	"host": {"name": "a"},
	"guests": [],
	"access": {"pools": []},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "enabled", "value": enabled}, {"key": key, "value": "mail"}]}]},
}

test_fires_on_the_old_key if {
	notification_targets.findings == {{"at": ["/jobs/scheduled/0/properties/1"], "vars": {}}} with input as _host("notification-target", "1")
}

test_silent_on_the_new_one if {
	count(notification_targets.findings) == 0 with input as _host("notification-mode", "1")
}

test_silent_when_the_job_is_off if {
	count(notification_targets.findings) == 0 with input as _host("notification-target", "0")
}
