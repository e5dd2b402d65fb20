package rules.backup.no_backup_content_test

import data.rules.backup.no_backup_content

_host(content) := {
	"host": {"name": "a"},
	"guests": [],
	"access": {"pools": []},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "vmid", "value": "100"}, {"key": "storage", "value": "nas"}]}]},
	"storage": {"storages": [{"type": "nfs", "id": "nas", "properties": content}]},
}

test_fires_on_a_storage_for_images if {
	no_backup_content.findings == {{"at": ["/jobs/scheduled/0/properties/1"], "vars": {"job": "x", "storage": "nas"}}} with input as _host([{"key": "content", "value": "iso,images"}])
}

test_silent_when_backups_are_allowed if {
	count(no_backup_content.findings) == 0 with input as _host([{"key": "content", "value": "iso,backup"}])
}

test_silent_when_the_content_is_not_given if {
	count(no_backup_content.findings) == 0 with input as _host([])
}
