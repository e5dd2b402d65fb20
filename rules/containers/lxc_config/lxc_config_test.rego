package rules.containers.lxc_config_test

import data.rules.containers.lxc_config

_host(config) := {"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "x"}], config)}]}

_features(values) := {"key": "features", "value": "x", "fields": [{"name": name, "value": value} | some name, value in values]}

# key → what all parts of it say, in no order
_lines(config) := {key: values |
	parts := lxc_config.parts with input as _host(config)
	some key in {part.path[0] | some part in parts}
	values := {v | some part in parts; part.path[0] == key; some v in part.value}
}

test_a_plain_container if {
	lines := _lines([{"key": "arch", "value": "amd64"}, {"key": "hostname", "value": "files"}])
	lines["lxc.include"] == {"/run/current-system/sw/share/lxc/config/common.conf"}
	lines["lxc.arch"] == {"amd64"}
	lines["lxc.uts.name"] == {"files"}
	lines["lxc.rootfs.path"] == {"/var/lib/lxc/200/rootfs"}
	lines["lxc.tty.max"] == {"2"}
	lines["lxc.cgroup.dir.container"] == {"lxc/200"}
	lines["lxc.apparmor.profile"] == {"generated"}
	lines["lxc.apparmor.raw"] == {"deny mount -> /proc/,", "deny mount -> /sys/,"}
	not lines["lxc.idmap"]
	not lines["lxc.seccomp.profile"]
	not lines["lxc.console.path"]
	not lines["lxc.cgroup2.devices"]
}

test_an_unprivileged_container if {
	lines := _lines([{"key": "unprivileged", "value": "1"}])
	lines["lxc.include"] == {"/run/current-system/sw/share/lxc/config/common.conf", "/run/current-system/sw/share/lxc/config/userns.conf"}
	lines["lxc.idmap"] == {"u 0 100000 65536", "g 0 100000 65536"}
	lines["lxc.mount.auto"] == {"sys:mixed"}
	lines["lxc.seccomp.profile"] == {"/etc/lxc/unprivileged.seccomp"}
	lines["lxc.uts.name"] == {"CT200"}
	lines["lxc.cgroup2.devices"] == {{"allow": "a"}}
}

test_nodes_are_asked_for if {
	lines := _lines([{"key": "unprivileged", "value": "1"}, _features({"mknod": "1"})])
	lines["lxc.seccomp.profile"] == {"/etc/lxc/unprivileged-mknod.seccomp"}
	lines["lxc.seccomp.notify.proxy"] == {"unix:/run/pve2nix-nodes.sock"}
	lines["lxc.seccomp.notify.cookie"] == {"200"}
	privileged := _lines([_features({"mknod": "1"})])
	not privileged["lxc.seccomp.notify.proxy"]
}

test_features if {
	lines := _lines([{"key": "unprivileged", "value": "1"}, _features({"nesting": "1", "keyctl": "1", "fuse": "1", "force_rw_sys": "1", "mount": "nfs;cifs;x y"})])
	lines["lxc.apparmor.allow_nesting"] == {"1"}
	lines["lxc.apparmor.raw"] == {"mount fstype=fuse,", "mount fstype=nfs,", "mount fstype=cifs,", "mount fstype=x,", "mount fstype=y,"}
	lines["lxc.mount.entry"] == {"/dev/fuse dev/fuse none bind,create=file 0 0"}
	lines["lxc.seccomp.profile"] == {"/etc/lxc/unprivileged-keyctl.seccomp"}
	not lines["lxc.mount.auto"]
}

test_a_map_of_its_own_shifts_users_and_stands_for_the_usual if {
	lines := _lines([{"key": "lxc.idmap", "value": "u 0 200000 65536"}])
	count(lines["lxc.include"]) == 2
	not lines["lxc.idmap"]
}

test_a_profile_of_its_own_takes_the_place_of_the_generated if {
	lines := _lines([{"key": "lxc.apparmor.profile", "value": "unconfined"}])
	not lines["lxc.apparmor.profile"]
	_lines([{"key": "lxc.apparmor.profile", "value": "own"}])["lxc.apparmor.profile"] == {"generated"}
}

test_consoles if {
	lines := _lines([{"key": "console", "value": "0"}, {"key": "tty", "value": "0"}])
	lines["lxc.console.path"] == {"none"}
	lines["lxc.cgroup2.devices"] == {{"deny": "c 5:1 rwm"}}
	lines["lxc.tty.max"] == {"0"}
	not _lines([{"key": "console", "value": "1"}])["lxc.console.path"]
}

test_an_application if {
	lines := _lines([{"key": "entrypoint", "value": "/entry postgres"}, {"key": "env"}])
	lines["lxc.init.cmd"] == {"/entry postgres"}
	lines["lxc.mount.entry"] == {"shm dev/shm tmpfs rw,nosuid,nodev,create=dir 0 0"}
	"/var/lib/lxc/200/local.d/" in lines["lxc.include"]
	not _lines([{"key": "entrypoint", "value": "/sbin/init"}])["lxc.mount.entry"]
	not _lines([{"key": "entrypoint", "value": "/x\nlxc.hook.start = y"}])["lxc.init.cmd"]
}

test_silent_on_values_that_lxc_would_refuse if {
	lines := _lines([{"key": "arch", "value": "vax"}, {"key": "hostname", "value": "a b"}, {"key": "tty", "value": "many"}])
	not lines["lxc.arch"]
	not lines["lxc.uts.name"]
	lines["lxc.tty.max"] == {"2"}
}

test_silent_on_templates if {
	count(lxc_config.parts) == 0 with input as _host([{"key": "template", "value": "1"}])
}

test_devices_stay_open_before_one_is_closed if {
	some part in lxc_config.parts with input as _host([{"key": "console", "value": "0"}, {"key": "unprivileged", "value": "1"}])
	part.path == ["lxc.cgroup2.devices"]
	part.value == [{"allow": "a"}, {"deny": "c 5:1 rwm"}]
}

test_what_a_distribution_needs if {
	lines := _lines([{"key": "ostype", "value": "alpine"}])
	"shm dev/shm tmpfs rw,nodev,noexec,nosuid,relatime,mode=1777,create=dir 0 0" in lines["lxc.mount.entry"]
	count(lines["lxc.cap.drop"]) == 1
	lines["lxc.tty.dir"] == {""}
	shifted := _lines([{"key": "ostype", "value": "alpine"}, {"key": "unprivileged", "value": "1"}])
	"run run tmpfs rw,nodev,relatime,mode=755 0 0" in shifted["lxc.mount.entry"]
	not shifted["lxc.cap.drop"]
	not shifted["lxc.tty.dir"]
	not _lines([{"key": "ostype", "value": "unmanaged"}])["lxc.mount.entry"]
}
