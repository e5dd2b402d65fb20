package lib.datastores_test

import data.lib.datastores

_host(paths) := {
	"storage": {
		"fstab": [{"spec": "UUID=0d5e4b6c-1111-4222-8333-944445555666", "file": "/mnt/vault", "type": "xfs", "options": ["defaults"]}],
		"mounts": [{"target": "/", "source": "rpool/ROOT/pve-1", "type": "zfs"}, {"target": "/tank/pbs", "source": "tank/pbs", "type": "zfs"}],
		"zfs_pools": [{"name": "tank"}, {"name": "rpool", "root": true}],
	},
	"config_files": [{"path": "/etc/proxmox-backup/datastore.cfg", "properties": array.concat([{"key": "datastore:", "value": "main"}], [{"key": "path", "value": path} | some path in paths])}],
}

_catalog := {"filesystems": {"xfs": {"supported": "xfs"}}, "mount_options_dropped": {"defaults": "default"}}

_paths(paths) := found if {
	found := datastores.paths with input as _host(paths) with data.catalog as _catalog
}

test_file_systems_of_their_own if {
	_paths(["/mnt/vault/main", "/tank/pbs"]) == {"/mnt/vault/main", "/tank/pbs"}
	datastores.at == ["/config_files/0/properties/1"] with input as _host(["/mnt/vault"])
}

test_one_within_the_root_is_enough_for_none if {
	not _paths(["/mnt/vault/main", "/var/lib/store"])
	not _paths(["/mnt/vaults"])
	not _paths(["/mnt/vault/../../etc"])
	not _paths([])
}
