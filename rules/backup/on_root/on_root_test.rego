package rules.backup.on_root_test

import data.rules.backup.on_root

_host(mounts) := {
	"capture": {"areas": [{"name": "storage.mounts", "status": "known"}]},
	"host": {"name": "pve1"},
	"guests": [],
	"storage": {
		"storages": [{"type": "dir", "id": "local", "properties": [{"key": "path", "value": "/var/lib/vz"}]}],
		"mounts": [{"target": target} | some target in mounts],
		"fstab": [],
	},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "nightly", "properties": [{"key": "storage", "value": "local"}, {"key": "all", "value": "1"}]}]},
}

test_fires_below_the_root if {
	on_root.findings == {{"at": ["/jobs/scheduled/0/properties/0"], "vars": {"job": "nightly", "storage": "local", "path": "/var/lib/vz"}}} with input as _host(["/"])
}

test_silent_on_a_disk_of_its_own if {
	count(on_root.findings) == 0 with input as _host(["/", "/var/lib/vz"])
}
