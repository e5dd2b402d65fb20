package rules.notifications.old_sections_test

import data.rules.notifications.old_sections

_host(type, key) := {
	"notifications": [{"type": "sendmail", "id": "m", "properties": []}, {"type": type, "id": "old", "properties": []}],
	"jobs": {"scheduled": [{"type": "vzdump", "id": "nightly", "properties": [{"key": "schedule", "value": "1:00"}, {"key": key, "value": "x"}]}]},
}

test_fires_on_a_group_and_on_an_option if {
	old_sections.findings == {{"at": ["/jobs/scheduled/0/properties/1", "/notifications/1"], "vars": {"leftovers": "group: old, notification-policy of job nightly"}}} with input as _host("group", "notification-policy")
		with data.target as "proxmox"
}

test_silent_on_a_matcher_and_the_present_option if {
	count(old_sections.findings) == 0 with input as _host("matcher", "notification-mode")
		with data.target as "proxmox"
}
