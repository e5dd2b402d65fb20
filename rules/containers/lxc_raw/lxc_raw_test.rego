package rules.containers.lxc_raw_test

import data.rules.containers.lxc_raw

_host(lines) := {"guests": [{"vmid": 201, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "x"}], [{"key": l[0], "value": l[1]} | some l in lines])}]}

_part(at, key, value) := {"at": at, "document": ["containers", "201"], "path": [key], "value": value}

test_lines_keep_their_order if {
	lxc_raw.parts == {
		_part(["/guests/0/config/1", "/guests/0/config/3"], "lxc.cgroup2.devices", [{"deny": "a"}, {"allow": "c 10:200 rwm"}]),
		_part(["/guests/0/config/2"], "lxc.cap.drop", [""]),
		_part(["/guests/0/config/4", "/guests/0/config/5"], "lxc.net.1", [{"type": "phys"}, {"link": "enp5s0"}]),
		_part(["/guests/0/config/6", "/guests/0/config/7"], "lxc.mount.entry", ["/dev/net/tun dev/net/tun none bind,create=file", "/srv srv none bind"]),
	} with input as _host([
		["lxc.cgroup2.devices.deny", "a"],
		["lxc.cap.drop", ""],
		["lxc.cgroup2.devices.allow", "c 10:200 rwm"],
		["lxc.net.1.type", "phys"],
		["lxc.net.1.link", "enp5s0"],
		["lxc.mount.entry", "/dev/net/tun dev/net/tun none bind,create=file"],
		["lxc.mount.entry", "/srv srv none bind"],
	])
}

test_rules_and_programs_are_taken_as_they_are if {
	lxc_raw.parts == {
		_part(["/guests/0/config/1"], "lxc.apparmor.raw", ["mount fstype=nfs,"]),
		_part(["/guests/0/config/2"], "lxc.init.cmd", ["/bin/busybox \"init\""]),
		_part(["/guests/0/config/3"], "lxc.apparmor.profile", ["unconfined"]),
	} with input as _host([["lxc.apparmor.raw", "mount fstype=nfs,"], ["lxc.init.cmd", "/bin/busybox \"init\""], ["lxc.apparmor.profile", "unconfined"]])
}

test_names_from_before_lxc_3_are_those_of_today if {
	lxc_raw.parts == {
		_part(["/guests/0/config/1"], "lxc.apparmor.profile", ["unconfined"]),
		_part(["/guests/0/config/2", "/guests/0/config/4"], "lxc.idmap", ["u 0 100000 65536", "g 0 100000 65536"]),
		_part(["/guests/0/config/3"], "lxc.prlimit.nofile", ["65536"]),
	} with input as _host([["lxc.aa_profile", "unconfined"], ["lxc.id_map", "u 0 100000 65536"], ["lxc.limit.nofile", "65536"], ["lxc.idmap", "g 0 100000 65536"]])
}

test_silent_on_lines_that_lxc_of_nixos_is_not_given if {
	count(lxc_raw.parts) == 0 with input as _host([
		["lxc.hook.pre-start", "/bin/x"],
		["lxc.include", "/usr/share/lxc/config/nesting.conf"],
		["lxc.cgroup.cpuset.cpus", "0"],
		["lxc.network.type", "veth"],
		["lxc.rootfs.path", "/"],
		["lxc.net.1.script.up", "/bin/x"],
		["lxc.mount.entry", "/srv\nlxc.hook.start = x"],
		["lxc.cgroup2.devices.allow", "c 1:1 rwm\nlxc.x = y"],
	])
}
