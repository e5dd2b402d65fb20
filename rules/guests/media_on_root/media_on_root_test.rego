package rules.guests.media_on_root_test

import data.rules.guests.media_on_root

_host(config, mounts) := {
	"capture": {"areas": [{"name": "storage.mounts", "status": "known"}]},
	"host": {"name": "pve1"},
	"storage": {
		"storages": [{"type": "dir", "id": "local", "properties": [{"key": "path", "value": "/var/lib/vz"}]}],
		"mounts": [{"target": target} | some target in mounts],
		"fstab": [],
	},
	"guests": [{"vmid": 101, "type": "qemu", "local": true, "config": config}],
}

_vmids(host) := found if {
	set := media_on_root.findings with input as host
	found := {f.vars.vmids | some f in set}
}

_cd := [{"key": "ide2", "value": "x", "fields": [{"name": "file", "value": "local:iso/virtio.iso"}, {"name": "media", "value": "cdrom"}]}]

test_fires_on_an_inserted_image if {
	_vmids(_host(_cd, ["/"])) == {"101"}
}

test_fires_on_a_snippet_of_cloud_init if {
	_vmids(_host([{"key": "cicustom", "value": "x", "fields": [{"name": "user", "value": "local:snippets/u.yaml"}]}], ["/"])) == {"101"}
}

test_silent_on_a_snippet_that_comes_along if {
	host := object.union(_host([{"key": "cicustom", "value": "x", "fields": [{"name": "user", "value": "local:snippets/u.yaml"}]}], ["/"]), {"local_files": [{"path": "/var/lib/vz/snippets/u.yaml", "kind": "file", "state": "local"}]})
	_vmids(host) == set()
}

test_silent_on_an_empty_drive if {
	_vmids(_host([{"key": "ide2", "value": "none,media=cdrom", "fields": [{"name": "file", "value": "none"}, {"name": "media", "value": "cdrom"}]}], ["/"])) == set()
}

test_silent_on_a_storage_of_its_own if {
	_vmids(_host(_cd, ["/", "/var/lib/vz"])) == set()
}
