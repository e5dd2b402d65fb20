package rules.notifications.backup_mail_test

import data.rules.notifications.backup_mail

_host(properties) := {"host": {"name": "a"}, "guests": [], "jobs": {"scheduled": [{"type": "realm-sync", "id": "r", "properties": []}, {"type": "vzdump", "id": "nightly", "properties": array.concat([{"key": "mailto", "value": "ops@example.org"}], properties)}]}}

test_fires_on_a_job_with_readers if {
	backup_mail.findings == {{"at": ["/jobs/scheduled/1"], "vars": {"jobs": "nightly", "readers": "ops@example.org"}}} with input as _host([])
}

test_silent_on_the_notification_system_and_a_job_that_is_off if {
	count(backup_mail.findings) == 0 with input as _host([{"key": "notification-mode", "value": "notification-system"}])
	count(backup_mail.findings) == 0 with input as _host([{"key": "enabled", "value": "0"}])
	count(backup_mail.findings) == 0 with input as _host([{"key": "node", "value": "b"}])
}
