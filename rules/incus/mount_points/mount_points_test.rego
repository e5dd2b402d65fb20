package rules.incus.mount_points_test

import data.rules.incus.mount_points

_host(mounts) := {
	"host": {"name": "pve"},
	"storage": {"storages": [
		{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}, {"key": "mountpoint", "value": "/srv/guests"}]},
		{"id": "fast", "type": "zfspool", "properties": [{"key": "pool", "value": "fast"}]},
		{"id": "lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
		{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
	]},
	"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": [{"key": key, "value": "x", "fields": [{"name": name, "value": value} | some name, value in fields]} | some key, fields in mounts]}],
}

_devices(host) := {p.path[1]: p.value | some p in set} if set := mount_points.parts with input as host

test_volumes_and_directories_stay_where_they_are if {
	_devices(_host({
		"rootfs": {"volume": "tank:subvol-200-disk-0"},
		"mp0": {"volume": "tank:subvol-200-disk-1", "mp": "/data", "ro": "1", "backup": "0"},
		"mp1": {"volume": "fast:subvol-200-disk-2", "mp": "/cache"},
		"mp2": {"volume": "lvm:vm-200-disk-3", "mp": "/db", "mountoptions": "noatime;discard;x-evil"},
		"mp3": {"volume": "/srv/media", "mp": "/media"},
	})) == {
		"mp0": {"type": "disk", "source": "/srv/guests/subvol-200-disk-1", "path": "/data", "readonly": "true"},
		"mp1": {"type": "disk", "source": "/fast/subvol-200-disk-2", "path": "/cache"},
		"mp2": {"type": "disk", "source": "/dev/pve/vm-200-disk-3", "path": "/db", "raw.mount.options": "noatime,discard"},
		"mp3": {"type": "disk", "source": "/srv/media", "path": "/media"},
	}
}

test_an_image_is_a_device if {
	_devices(_host({"mp0": {"volume": "local:200/vm-200-disk-1.raw", "mp": "/data", "mountoptions": "noexec"}})) == {"mp0": {"type": "disk", "source": "/run/incus-volumes/200-mp0", "path": "/data", "raw.mount.options": "noexec"}}
}

test_ids_of_a_disk if {
	host := _host({
		"mp0": {"volume": "/srv/a", "mp": "/a", "idmap": "passthrough"},
		"mp1": {"volume": "/srv/b", "mp": "/b", "idmap": "u:123:456:1"},
	})
	_devices(host) == {"mp0": {"type": "disk", "source": "/srv/a", "path": "/a", "shift": "true"}}
	mount_points.findings == {{"at": ["/guests/0/config/1"], "vars": {"words": "200 mp1 idmap"}}} with input as host
}

test_words_without_a_counterpart if {
	host := _host({
		"mp0": {"volume": "tank:subvol-200-disk-1", "mp": "/data", "mountoptions": "noexec"},
		"mp1": {"volume": "tank:subvol-200-disk-2", "mp": "../etc"},
		"rootfs": {"volume": "lvm:vm-200-disk-0", "acl": "1", "mountoptions": "noatime;nosuid"},
	})
	mount_points.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2"],
		"vars": {"words": "200 mp0 mountoptions, 200 mp1 the path inside, 200 rootfs acl, 200 rootfs mountoptions"},
	}} with input as host
	object.keys(_devices(host)) == {"mp0"}
}

test_silent_for_plain_mount_points if {
	count(mount_points.findings) == 0 with input as _host({"mp0": {"volume": "lvm:vm-200-disk-1", "mp": "/data", "mountoptions": "noexec", "backup": "1", "size": "8G"}, "mp1": {"volume": "tank:subvol-200-disk-1", "mp": "/b", "mountoptions": "noatime;discard"}})
}
