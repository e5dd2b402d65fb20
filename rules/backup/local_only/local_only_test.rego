package rules.backup.local_only_test

import data.rules.backup.local_only

_host(type, file, status) := {
	"host": {"name": "a"},
	"guests": [],
	"access": {"pools": []},
	"capture": {"areas": [{"name": "storage.mounts", "status": status}]},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "vmid", "value": "100"}, {"key": "storage", "value": "disk"}]}]},
	"storage": {
		"fstab": [],
		"mounts": [{"target": "/", "type": "ext4"}, {"target": "/mnt/disk", "type": file}],
		"storages": [{"type": type, "id": "disk", "properties": [{"key": "path", "value": "/mnt/disk/dump"}]}],
	},
}

_catalog := {"filesystems": {"nfs4": {"network": true}, "ext4": {"supported": true}}}

test_fires_on_a_second_disk if {
	local_only.findings == {{"at": ["/storage/storages/0"], "vars": {"storages": "disk"}}} with input as _host("dir", "ext4", "known")
		with data.catalog as _catalog
}

test_silent_on_a_directory_that_is_a_share if {
	count(local_only.findings) == 0 with input as _host("dir", "nfs4", "known")
		with data.catalog as _catalog
}

test_silent_on_a_share_of_fstab if {
	count(local_only.findings) == 0 with input as json.patch(_host("dir", "ext4", "known"), [{"op": "add", "path": "/storage/fstab/-", "value": {"file": "/mnt/disk", "type": "nfs4"}}])
		with data.catalog as _catalog
}

test_silent_on_a_backup_server if {
	count(local_only.findings) == 0 with input as _host("pbs", "ext4", "known")
		with data.catalog as _catalog
}

test_silent_on_the_root_which_has_its_own if {
	count(local_only.findings) == 0 with input as json.patch(_host("dir", "ext4", "known"), [{"op": "remove", "path": "/storage/mounts/1"}])
		with data.catalog as _catalog
}

test_silent_when_mounts_are_unknown if {
	count(local_only.findings) == 0 with input as _host("dir", "ext4", "unknown")
		with data.catalog as _catalog
}
