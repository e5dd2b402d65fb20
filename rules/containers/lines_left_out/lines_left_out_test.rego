package rules.containers.lines_left_out_test

import data.rules.containers.lines_left_out

_host(config) := {"guests": [{"vmid": 103, "type": "lxc", "local": true, "config": array.concat([{"key": "rootfs", "value": "x"}], config)}]}

test_fires_on_lines_that_lxc_would_refuse if {
	lines_left_out.findings == {{
		"at": ["/guests/0/config/1", "/guests/0/config/2", "/guests/0/config/3", "/guests/0/config/4"],
		"vars": {"lines": "103 a line, 103 lxc.apparmor.profile, 103 lxc.seccomp.profile"},
	}} with input as _host([
		{"key": "lxc.aa_profile", "value": "lxc-default-of-mine"},
		{"key": "lxc.apparmor.profile", "value": "lxc-default-with-nfs"},
		{"key": "lxc.seccomp.profile", "value": "/usr/share/lxc/config/own.seccomp"},
		{"key": "lxc.a\nb", "value": "1"},
	])
}

test_silent_on_lines_that_are_read_or_spoken_of if {
	count(lines_left_out.findings) == 0 with input as _host([
		{"key": "lxc.apparmor.profile", "value": "unconfined"},
		{"key": "lxc.aa_profile", "value": "unconfined"},
		{"key": "lxc.cgroup2.devices.allow", "value": "c 10:200 rwm"},
		{"key": "lxc.hook.pre-start", "value": "/usr/local/bin/x"},
		{"key": "lxc.cgroup.cpuset.cpus", "value": "0"},
		{"key": "lxc.include", "value": "/etc/x"},
		{"key": "lxc.environment"},
	])
}

test_fires_on_values_that_are_none if {
	{f.vars.lines | some f in lines_left_out.findings} == {"103 hostname, 103 memory"} with input as _host([
		{"key": "hostname", "value": "a b"},
		{"key": "memory", "value": "all"},
		{"key": "swap", "value": "512"},
		{"key": "arch", "value": "amd64"},
	])
}
