package rules.containers.host_devices_test

import data.rules.containers.host_devices

_host(config) := {"guests": [{"vmid": 202, "type": "lxc", "local": true, "config": config}]}

test_fires_on_all_three_ways_to_pass_a_device if {
	host_devices.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2"],
		"vars": {"devices": "/dev/dri/renderD128 (202), /dev/net/tun (202), c 10:200 rwm (202)"},
	}} with input as _host([
		{"key": "dev0", "value": "/dev/dri/renderD128,gid=104", "fields": [{"name": "path", "value": "/dev/dri/renderD128"}]},
		{"key": "lxc.cgroup2.devices.allow", "value": "c 10:200 rwm", "fields": []},
		{"key": "lxc.mount.entry", "value": "/dev/net/tun dev/net/tun none bind,create=file", "fields": []},
	])
}

test_silent_on_directories if {
	count(host_devices.findings) == 0 with input as _host([
		{"key": "mp0", "value": "/srv/devices,mp=/dev2", "fields": [{"name": "volume", "value": "/srv/devices"}]},
		{"key": "lxc.mount.entry", "value": "/srv/x srv/x none bind", "fields": []},
	])
}
