package lib.engines_test

import data.lib.engines

_set(mountpoint) := {"zfs_pools": [{"name": "rpool", "datasets": [
	{"name": "rpool/ROOT/pve-1", "kind": "filesystem", "properties": [{"name": "mountpoint", "value": "/"}]},
	{"name": "rpool/docker", "kind": "filesystem", "properties": [{"name": "mountpoint", "value": mountpoint}]},
]}]}

test_kept_on_a_data_set if {
	engines.kept == {"docker": "/var/lib/docker"} with input as {"storage": _set("/var/lib/docker")}
}

test_kept_on_a_line_of_fstab if {
	fstab := [{"spec": "/dev/sdb1", "file": "/srv", "type": "ext4", "options": ["defaults"]}]
	engines.kept == {"docker": "/srv/docker"} with input as {
		"storage": {"fstab": fstab},
		"config_files": [{"path": "/etc/docker/daemon.json", "properties": [{"key": "data-root", "value": "/srv/docker"}]}],
	}
	engines.kept == {} with input as {"storage": {"fstab": fstab}}
}

test_not_kept_on_the_root_or_beside if {
	engines.kept == {} with input as {"storage": _set("/var/lib/dockers")}
	engines.kept == {} with input as {"storage": _set("/var/lib")}
	engines.kept == {} with input as {"storage": {"fstab": [{"spec": "/srv/d", "file": "/var/lib/docker", "type": "none", "options": ["bind"]}]}}
}
