package rules.backup.containers_test

import data.rules.backup.containers

_host(exclude) := {
	"host": {"name": "pve1"},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 200, "type": "lxc", "local": true, "config": []}],
	"jobs": {"scheduled": [{"type": "vzdump", "id": "n", "properties": [{"key": "all", "value": "1"}, {"key": "exclude", "value": exclude}]}]},
}

test_fires_on_a_container_that_is_backed_up if {
	containers.findings == {{"at": ["/guests/1"], "vars": {"vmids": "200"}}} with input as _host("100")
}

test_silent_on_a_container_that_is_left_out if {
	count(containers.findings) == 0 with input as _host("200")
}

_volume(key, file) := {"key": key, "fields": [{"name": "volume", "value": file}]}

_job(id, vmids) := {"type": "vzdump", "id": id, "properties": [{"key": "schedule", "value": "21:00"}, {"key": "vmid", "value": vmids}, {"key": "storage", "value": "local"}]}

# Those that a timer backs up in every job are a finding of their own.
test_kept_and_lost_containers_are_apart if {
	containers.findings == {{"at": ["/guests/0"], "vars": {"vmids": "200"}}, {"at": ["/guests/1", "/guests/2"], "vars": {"vmids": "201, 202"}}} with input as {
		"host": {"name": "pve1"},
		"guests": [
			{"vmid": 200, "type": "lxc", "local": true, "config": [_volume("rootfs", "fast:subvol-200-disk-0")]},
			{"vmid": 201, "type": "lxc", "local": true, "config": [_volume("rootfs", "local:201/vm-201-disk-0.raw")]},
			{"vmid": 202, "type": "lxc", "local": true, "config": [_volume("rootfs", "fast:subvol-202-disk-0")]},
		],
		"storage": {"storages": [{"type": "zfspool", "id": "fast", "properties": [{"key": "pool", "value": "rpool"}]}, {"type": "dir", "id": "local", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]},
		"jobs": {"scheduled": [_job("backup-1", "200,201,202"), {"type": "vzdump", "id": "backup-2", "properties": [{"key": "schedule", "value": "whenever"}, {"key": "vmid", "value": "202"}, {"key": "storage", "value": "local"}]}], "vzdump_cron": [], "vzdump_defaults": []},
	}
		with data.target as "proxmox"
}
