package rules.backup.old_retention_test

import data.rules.backup.old_retention

_host(key) := {
	"host": {"name": "pve1"},
	"guests": [],
	"jobs": {"scheduled": [], "vzdump_defaults": [{"key": key, "value": "3"}]},
}

test_fires_on_the_old_word if {
	old_retention.findings == {{"at": ["/jobs/vzdump_defaults/0"], "vars": {}}} with input as _host("maxfiles")
}

test_fires_on_a_storage if {
	old_retention.findings == {{"at": ["/storage/storages/0/properties/0"], "vars": {}}} with input as object.union(_host("x"), {"storage": {"storages": [{"type": "dir", "id": "usb", "properties": [{"key": "maxfiles", "value": "3"}]}]}})
}

test_silent_on_the_new_one if {
	count(old_retention.findings) == 0 with input as _host("prune-backups")
}
