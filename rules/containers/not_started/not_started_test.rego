package rules.containers.not_started_test

import data.rules.containers.not_started

_host(config) := {
	"guests": [{"vmid": 120, "type": "lxc", "local": true, "config": config}],
	"storage": {"storages": [
		{"id": "far-zfs", "type": "zfs", "properties": []},
		{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
	]},
	"network": {"interfaces": [{"name": "vmbr0", "kind": "bridge", "ports": [], "slaves": [], "options": []}], "links": []},
}

_root(volume) := {"key": "rootfs", "value": volume, "fields": [{"name": "volume", "value": volume}]}

_card(fields) := {"key": "net0", "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}

test_fires_on_what_nothing_prepares if {
	not_started.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2", "/guests/0/config/3", "/guests/0/config/4"],
		"vars": {"keys": "120 dev0, 120 net0, 120 rootfs"},
	}} with input as _host([
		_root("far-zfs:vm-120-disk-0"),
		_card({"bridge": "vmbr0", "tag": "30"}),
		{"key": "dev0", "value": "x", "fields": [{"name": "path", "value": "/dev/video0"}]},
		{"key": "onboot", "value": "1"},
		{"key": "startup", "value": "order=1", "fields": [{"name": "order", "value": "1"}]},
	])
}

test_silent_where_all_is_prepared if {
	count(not_started.findings) == 0 with input as _host([
		_root("local-lvm:vm-120-disk-0"),
		_card({"bridge": "vmbr0"}),
		{"key": "dev0", "value": "x", "fields": [{"name": "path", "value": "/dev/net/tun"}]},
		{"key": "onboot", "value": "1"},
	])
}
