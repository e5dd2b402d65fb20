package rules.incus.raw_lines_test

import data.rules.incus.raw_lines

_host(lines) := {"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": lines}]}

_line(key, value) := {"key": key, "value": value}

_config(host) := {p.path[1]: p.value | some p in set} if set := raw_lines.parts with input as host

test_lines_in_the_order_of_the_file if {
	host := _host([
		{"key": "entrypoint", "value": "/init"},
		_line("lxc.mount.entry", "/dev/net/tun dev/net/tun none bind,create=file"),
		_line("lxc.cgroup2.devices.allow", "c 10:200 rwm"),
		_line("lxc.cap.drop", ""),
		_line("lxc.cap.drop", "sys_time"),
		_line("lxc.prlimit.nofile", "65536"),
		_line("lxc.sysctl.net.ipv4.ip_forward", "1"),
		_line("lxc.idmap", "u 0 100000 65536"),
	])
	_config(host) == {
		"raw.lxc": "lxc.init.cmd = /init\nlxc.mount.entry = /dev/net/tun dev/net/tun none bind,create=file\nlxc.cgroup2.devices.allow = c 10:200 rwm\nlxc.cap.drop = \nlxc.cap.drop = sys_time",
		"limits.kernel.nofile": "65536",
		"linux.sysctl.net.ipv4.ip_forward": "1",
	}
	count(raw_lines.findings) == 0 with input as host
}

test_the_hook_script_stands_before_the_lines_of_the_file if {
	host := object.union(_host([{"key": "hookscript", "value": "local:snippets/a.pl"}, _line("lxc.tty.max", "2")]), {"storage": {"storages": [{"id": "local", "type": "dir", "properties": [{"key": "path", "value": "/var/lib/vz"}]}]}})
	_config(host) == {"raw.lxc": "lxc.hook.pre-start = /etc/incus-hooks/pve 200 pre-start\nlxc.hook.post-stop = /etc/incus-hooks/pve 200 post-stop\nlxc.tty.max = 2"}
	{p.at | some p in raw_lines.parts} == {["/guests/0/config/0", "/guests/0/config/1"]} with input as host
}

test_lines_that_are_refused if {
	host := _host([_line("lxc.net.1.type", "phys"), _line("lxc.hook.pre-start", "/usr/local/sbin/x"), _line("lxc.cap.drop", "a\nlxc.hook.start-host = /bin/sh"), {"key": "lxc.environment", "secret": {"secret": true}}])
	raw_lines.findings == {{
		"at": ["/guests/0/config/0", "/guests/0/config/1", "/guests/0/config/2", "/guests/0/config/3"],
		"vars": {"lines": "200 lxc.cap.drop, 200 lxc.environment, 200 lxc.hook.pre-start, 200 lxc.net.1.type"},
	}} with input as host
	_config(host) == {}
}

test_silent_for_other_keys if {
	count(raw_lines.findings) == 0 with input as _host([_line("cores", "2")])
	count(raw_lines.findings) == 0 with input as _host([_line("lxc.cgroup.cpuset.cpus", "0-3")])
}
