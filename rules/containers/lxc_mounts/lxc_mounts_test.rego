package rules.containers.lxc_mounts_test

import data.rules.containers.lxc_mounts

_point(key, fields) := {"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]}

_host(points) := {
	"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": array.concat([_point("rootfs", {"volume": "/srv/root"})], points)}],
	"storage": {"storages": []},
}

test_points_come_after_those_above_them if {
	lxc_mounts.parts == {{
		"at": ["/guests/0/config/2", "/guests/0/config/1"],
		"document": ["containers", "200"],
		"path": ["lxc.mount.entry"],
		"value": ["/var/lib/lxc/200/mp1 srv none bind,create=dir 0 0", "/var/lib/lxc/200/mp0 srv/media none bind,ro,create=dir 0 0"],
	}} with input as _host([_point("mp0", {"volume": "/tank/media", "mp": "/srv/media", "ro": "1"}), _point("mp1", {"volume": "/tank/srv", "mp": "/srv"})])
}

test_silent_on_places_that_are_none if {
	count(lxc_mounts.parts) == 0 with input as _host([_point("mp0", {"volume": "/tank", "mp": "/srv/../../etc"}), _point("mp1", {"volume": "/tank", "mp": "/a b"})])
}

test_silent_on_ids_that_the_mount_shifts if {
	count(lxc_mounts.parts) == 0 with input as _host([_point("mp0", {"volume": "/tank", "mp": "/srv", "idmap": "passthrough"})])
}
