package rules.containers.raw_lines_test

import data.rules.containers.raw_lines

_host(config) := {"guests": [{"vmid": 121, "type": "lxc", "local": true, "config": config}]}

test_fires_on_lines_without_a_finding_of_their_own if {
	raw_lines.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2"],
		"vars": {"lines": "lxc.apparmor.profile (121), lxc.cap.drop (121), lxc.cgroup2.memory.high (121)"},
	}} with input as _host([
		{"key": "lxc.apparmor.profile", "value": "unconfined"},
		{"key": "lxc.cap.drop", "value": ""},
		{"key": "lxc.cgroup2.memory.high", "value": "1G"},
	])
}

test_silent_on_lines_that_others_speak_of if {
	count(raw_lines.findings) == 0 with input as _host([
		{"key": "lxc.idmap", "value": "u 0 100000 65536"},
		{"key": "lxc.mount.entry", "value": "/srv srv none bind"},
		{"key": "lxc.cgroup2.devices.allow", "value": "c 10:200 rwm"},
		{"key": "lxc.cgroup.devices.allow", "value": "a"},
	])
}

test_silent_on_lines_that_are_left_out if {
	count(raw_lines.findings) == 0 with input as _host([{"key": "lxc.seccomp.profile", "value": "/usr/share/lxc/config/own.seccomp"}])
}
