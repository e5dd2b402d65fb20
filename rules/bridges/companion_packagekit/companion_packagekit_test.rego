package rules.bridges.companion_packagekit_test

import data.rules.bridges.companion_packagekit

_catalog := {
	"companion_types": {"service": {}},
	"companion_base": {},
	"companion_units": {"webmin.service": {"runs": ["libvirt"]}},
}

_host(packages, status) := {
	"capture": {"areas": [{"name": "packages", "status": status}]},
	"host": {"name": "pve"},
	"packages": packages,
	"units": [{"name": "webmin.service", "file_state": "enabled"}],
	"storage": {
		"zfs_pools": [{"name": "rpool", "root": true}], "volume_groups": [], "fstab": [], "storages": [],
		"mounts": [{"target": "/", "type": "zfs", "source": "rpool/ROOT/pve-1", "options": []}],
	},
}

_found(packages, status) := x if {
	x := companion_packagekit.findings with input as _host(packages, status) with data.catalog as _catalog with data.target as "libvirt" with data.answers as {}
}

test_a_host_without_it if {
	_found([{"name": "webmin", "status": "installed"}], "known") == {{"at": ["/units/0"], "vars": {}}}
}

test_removed_is_not_there if {
	count(_found([{"name": "packagekit", "status": "config-files"}], "known")) == 1
}

test_silent_where_it_is_there if {
	_found([{"name": "packagekit", "status": "installed"}], "known") == set()
}

test_silent_where_nobody_knows if {
	_found([], "partial") == set()
}
