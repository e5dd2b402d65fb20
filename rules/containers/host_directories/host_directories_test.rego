package rules.containers.host_directories_test

import data.rules.containers.host_directories

_host(local) := {"guests": [{"vmid": 200, "type": "lxc", "local": local, "config": [
	{"key": "mp0", "value": "/srv/media,mp=/srv/media", "fields": [{"name": "volume", "value": "/srv/media"}]},
	{"key": "mp1", "value": "tank:vm-200-disk-1,mp=/data", "fields": [{"name": "volume", "value": "tank:vm-200-disk-1"}]},
	{"key": "mp2", "value": "/dev/sdb,mp=/raw", "fields": [{"name": "volume", "value": "/dev/sdb"}]},
	{"key": "lxc.mount.entry", "value": "/run/docker.sock run/docker.sock none bind,create=file", "fields": []},
	{"key": "lxc.mount.entry", "value": "/dev/net/tun dev/net/tun none bind,create=file", "fields": []},
]}]}

test_fires_on_paths_but_not_on_volumes_and_devices if {
	host_directories.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/3"],
		"vars": {"paths": "/run/docker.sock (200), /srv/media (200)"},
	}} with input as _host(true)
}

test_silent_on_containers_of_other_nodes if {
	count(host_directories.findings) == 0 with input as _host(false)
}
