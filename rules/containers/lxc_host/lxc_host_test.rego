package rules.containers.lxc_host_test

import data.rules.containers.lxc_host

_host(config, subordinate) := {
	"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "x"}], config)}],
	"system": {"subordinate": subordinate},
}

_settings(config, subordinate) := {concat(".", s.option): s.value |
	some s in lxc_host.settings with input as _host(config, subordinate)
	s.at == ["/guests/0"]
}

_unprivileged := {"key": "unprivileged", "value": "1"}

test_a_container if {
	found := _settings([], [])
	every option in ["virtualisation.lxc.enable", "virtualisation.lxc.lxcfs.enable", "security.apparmor.enable"] {
		found[option] == true
	}
	found["environment.systemPackages"] == [{"_ref": ["pkgs", "lxcfs"]}]
	found["environment.etc.lxc/200.conf.source"] == {"_path": "./containers/200.conf"}
	found["systemd.tmpfiles.settings.10-lxc./var/lib/lxc/200.d.mode"] == "0755"
	found["systemd.tmpfiles.settings.10-lxc./var/lib/lxc/200/config.L+.argument"] == "/etc/lxc/200.conf"
}

test_filters_of_system_calls if {
	text := _settings([_unprivileged], [])["environment.etc.lxc/unprivileged.seccomp.text"]
	startswith(text, "2\ndenylist\nreject_force_umount\n[all]\nkexec_load errno 1\n")
	contains(text, "\nkeyctl errno 38\n")
	endswith(text, "socket errno 97 [0,38,SCMP_CMP_EQ]\n")
	keyctl := {"key": "features", "value": "keyctl=1", "fields": [{"name": "keyctl", "value": "1"}]}
	not contains(_settings([_unprivileged, keyctl], [])["environment.etc.lxc/unprivileged-keyctl.seccomp.text"], "keyctl")
}

test_filters_that_ask_for_nodes if {
	features := {"key": "features", "value": "x", "fields": [{"name": "keyctl", "value": "1"}, {"name": "mknod", "value": "1"}]}
	text := _settings([_unprivileged, features], [])["environment.etc.lxc/unprivileged-keyctl-mknod.seccomp.text"]
	endswith(text, "\nmknod notify [1,8192,SCMP_CMP_MASKED_EQ,61440]\nmknod notify [1,24576,SCMP_CMP_MASKED_EQ,61440]\nmknodat notify [2,8192,SCMP_CMP_MASKED_EQ,61440]\nmknodat notify [2,24576,SCMP_CMP_MASKED_EQ,61440]\n")
	not contains(text, "keyctl")
}

test_ids_that_root_lacks if {
	found := _settings([_unprivileged], [{"key": "uid", "value": "root:200000:65536"}, {"key": "gid", "value": "root:100000:65536"}, {"key": "uid", "value": "joe:100000:65536"}])
	found["users.users.root.subUidRanges"] == [{"startUid": 100000, "count": 65536}]
	not found["users.users.root.subGidRanges"]
}

test_silent_on_ids_with_a_map_of_its_own if {
	not _settings([_unprivileged, {"key": "lxc.idmap", "value": "u 0 200000 65536"}], [])["users.users.root.subUidRanges"]
}

test_a_place_for_variables if {
	_settings([{"key": "env"}], [])["systemd.tmpfiles.settings.10-lxc./var/lib/lxc/200/local.d.d"] == {"mode": "0700", "user": "root", "group": "root"}
}

test_silent_on_templates if {
	count(_settings([{"key": "template", "value": "1"}], [])) == 0
}
