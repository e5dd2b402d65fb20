package rules.backup.storage_gone_test

import data.rules.backup.storage_gone

_host(storage, enabled) := {
	"capture": {"areas": [{"name": "storage.storages", "status": "known"}]},
	"host": {"name": "pve1"},
	"storage": {"storages": [{"type": "pbs", "id": "pbs1", "properties": []}]},
	"guests": [],
	"jobs": {"scheduled": [{"type": "vzdump", "id": "nightly", "properties": [{"key": "storage", "value": storage}, {"key": "all", "value": "1"}, {"key": "enabled", "value": enabled}]}]},
}

test_fires_on_a_storage_that_is_gone if {
	storage_gone.findings == {{"at": ["/jobs/scheduled/0/properties/0"], "vars": {"job": "nightly", "storage": "oldnas"}}} with input as _host("oldnas", "1")
}

test_silent_on_a_storage_that_is_there if {
	count(storage_gone.findings) == 0 with input as _host("pbs1", "1")
}

test_silent_on_a_job_that_is_off if {
	count(storage_gone.findings) == 0 with input as _host("oldnas", "0")
}
