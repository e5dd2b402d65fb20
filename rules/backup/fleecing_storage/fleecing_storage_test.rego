package rules.backup.fleecing_storage_test

import data.rules.backup.fleecing_storage

_line(enabled) := {"key": "fleecing", "value": "x", "fields": [{"name": "enabled", "value": enabled}, {"name": "storage", "value": "fast"}]}

_host(enabled, storages) := {
	"host": {"name": "a"},
	"guests": [],
	"access": {"pools": []},
	"capture": {"areas": [{"name": "storage.storages", "status": "known"}]},
	"jobs": {"vzdump_defaults": [_line(enabled)], "scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "vmid", "value": "100"}, _line(enabled)]}]},
	"storage": {"storages": storages},
}

test_fires_when_it_is_gone if {
	fleecing_storage.findings == {{"at": ["/jobs/scheduled/0/properties/1", "/jobs/vzdump_defaults/0"], "vars": {"storage": "fast"}}} with input as _host("1", [])
}

test_silent_when_it_is_there if {
	count(fleecing_storage.findings) == 0 with input as _host("1", [{"type": "dir", "id": "fast", "properties": []}])
}

test_silent_when_fleecing_is_off if {
	count(fleecing_storage.findings) == 0 with input as _host("0", [])
}
