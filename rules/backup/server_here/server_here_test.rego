package rules.backup.server_here_test

import data.lib.companion
import data.rules.backup.server_here
import data.rules.bridges.companion as clone

_host(server) := {
	"host": {"name": "a"},
	"network": {"interfaces": [], "links": []},
	"storage": {"storages": [{"type": "pbs", "id": "pbs", "properties": [{"key": "server", "value": server}]}]},
}

test_fires_on_the_host_itself if {
	server_here.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "pbs", "first": "pbs"}}} with input as _host("localhost")
}

test_silent_on_another_machine if {
	count(server_here.findings) == 0 with input as _host("pbs.example.net")
}

_server(path) := object.union(_host("localhost"), {
	"storage": {
		"storages": _host("localhost").storage.storages,
		"fstab": [{"spec": "UUID=0d5e4b6c-1111-4222-8333-944445555666", "file": "/mnt/vault", "type": "xfs", "options": ["defaults"]}],
		"zfs_pools": [{"name": "rpool", "root": true}],
		"mounts": [{"target": "/", "source": "rpool/ROOT/pve-1", "type": "zfs"}],
	},
	"packages": [{"name": "proxmox-backup-server", "version": "3.3.2-1", "architecture": "amd64", "status": "installed"}],
	"units": [{"name": name, "file_state": "enabled", "active_state": "active", "fragment_path": concat("", ["/lib/systemd/system/", name])} | some name in ["proxmox-backup-proxy.service", "proxmox-backup.service"]],
	"config_files": [{"path": "/etc/proxmox-backup/datastore.cfg", "properties": [{"key": "path", "value": path}]}],
})

_catalog := {
	"companion_units": {"proxmox-backup.service": {"runs": ["libvirt"], "needs": ["datastores"]}, "proxmox-backup-proxy.service": {"runs": ["libvirt"], "needs": ["datastores"]}},
	"companion_binds": {"datastores": {"paths": []}},
	"companion_types": {"service": {}},
	"filesystems": {"xfs": {"supported": "xfs"}},
	"mount_options_dropped": {"defaults": "default"},
}

test_looked_at_where_its_datastores_are_apart_from_the_root if {
	server_here.checks == {{"at": ["/storage/storages/0"], "check": "port-listening", "params": {"port": 8007}, "required": true}} with input as _server("/mnt/vault/main") with data.catalog as _catalog with data.target as "libvirt"
	{
		"at": ["/config_files/0/properties/0", "/packages/0", "/storage/storages/0"],
		"bridge": "companion",
		"params": {"unit": "proxmox-backup-proxy.service", "closes": ["PVE-BAK-009"]},
	} in clone.bridges with input as _server("/mnt/vault/main") with data.catalog as _catalog with data.target as "libvirt"
	companion.binds == {"/mnt/vault/main"} with input as _server("/mnt/vault/main") with data.catalog as _catalog with data.target as "libvirt"
}

test_not_kept_within_the_root if {
	count(server_here.checks) == 0 with input as _server("/var/lib/store") with data.catalog as _catalog with data.target as "libvirt"
	count(companion.units) == 0 with input as _server("/var/lib/store") with data.catalog as _catalog with data.target as "libvirt"
}
