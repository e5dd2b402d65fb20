# METADATA
# scope: package
# title: The configuration of a container for LXC
# description: |
#  Writes what PVE writes at each start: control groups, architecture, host
#  name, root, id map, consoles, first program, AppArmor profile, filter of
#  system calls, and what PVE's LXC adds for a distribution. Addresses are not
#  in it: PVE has written them into the files of the container, where they stay.
# custom:
#  targets: [proxmox, libvirt]
#  sources:
#   - https://git.proxmox.com/?p=pve-container.git;a=blob;f=src/PVE/LXC.pm
#   - https://git.proxmox.com/?p=lxc.git;a=tree;f=config
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.containers.lxc_config

import data.lib.facts
import data.lib.guard
import data.lib.lxc

_share := "/run/current-system/sw/share/lxc/config"

parts contains {"at": [], "document": lxc.document(vmid), "path": [key], "value": value} if {
	some vmid, _ in lxc.containers
	some [key, value] in [
		["lxc.cgroup.relative", ["0"]],
		["lxc.cgroup.dir.monitor", [sprintf("lxc.monitor/%d", [vmid])]],
		["lxc.cgroup.dir.container", [sprintf("lxc/%d", [vmid])]],
		["lxc.cgroup.dir.container.inner", ["ns"]],
		["lxc.monitor.unshare", ["1"]],
		["lxc.environment", ["TERM=linux"]],
	]
}

parts contains {"at": _at(g, "unprivileged"), "document": lxc.document(vmid), "path": ["lxc.include"], "value": list} if {
	some vmid, g in lxc.containers
	list := array.concat([sprintf("%s/common.conf", [_share])], array.concat(
		[sprintf("%s/userns.conf", [_share]) | vmid in lxc.unprivileged],
		# A place for lines that nobody else can read.
		[sprintf("%s/local.d/", [lxc.directory(vmid)]) | lxc.secret[vmid]],
	))
}

_at(g, key) := [g.config[key].at] if {
	g.config[key]
} else := []

parts contains {"at": [g.config.arch.at], "document": lxc.document(vmid), "path": ["lxc.arch"], "value": [g.config.arch.property.value]} if {
	some vmid, g in lxc.containers
	g.config.arch.property.value in {"amd64", "arm64", "armhf", "i386", "riscv32", "riscv64"}
}

parts contains {"at": _at(g, "hostname"), "document": lxc.document(vmid), "path": ["lxc.uts.name"], "value": [_name(vmid, g)]} if {
	some vmid, g in lxc.containers
	_named(g)
}

# A name that is none stays with its finding.
_named(g) if not g.config.hostname

_named(g) if guard.domain(g.config.hostname.property.value)

_name(_, g) := g.config.hostname.property.value

_name(vmid, g) := sprintf("CT%d", [vmid]) if not g.config.hostname

parts contains {"at": [g.config.rootfs.at], "document": lxc.document(vmid), "path": ["lxc.rootfs.path"], "value": [sprintf("%s/rootfs", [lxc.directory(vmid)])]} if {
	some vmid, g in lxc.containers
}

parts contains {"at": [], "document": lxc.document(vmid), "path": ["lxc.idmap"], "value": ["u 0 100000 65536", "g 0 100000 65536"]} if {
	some vmid in lxc.unprivileged
	not lxc.has(vmid, "lxc.idmap")
}

# Without a console device in /dev there is nothing to attach to.
parts contains {"at": [g.config.console.at], "document": lxc.document(vmid), "path": ["lxc.console.path"], "value": ["none"]} if {
	some vmid, g in lxc.containers
	_off(g.config.console.property.value)
}

# Every rule about one device closes all others, unless a line before it has opened them all: PVE's LXC has that line for
# containers with shifted users, who cannot make nodes.
parts contains {"at": _at(g, "console"), "document": lxc.document(vmid), "path": ["lxc.cgroup2.devices"], "value": lines} if {
	some vmid, g in lxc.containers
	lines := array.concat(
		[{"allow": "a"} | vmid in lxc.unprivileged],
		[{"deny": "c 5:1 rwm"} | _off(g.config.console.property.value)],
	)
	lines != []
}

_off(text) if lower(text) in {"0", "false", "no", "off"}

parts contains {"at": _at(g, "tty"), "document": lxc.document(vmid), "path": ["lxc.tty.max"], "value": [_terminals(g)]} if {
	some vmid, g in lxc.containers
}

_terminals(g) := g.config.tty.property.value if {
	regex.match(`^[0-6]$`, g.config.tty.property.value)
} else := "2"

# The first program of an application container, and what an init would have mounted for it.
parts contains {"at": [g.config.entrypoint.at], "document": lxc.document(vmid), "path": ["lxc.init.cmd"], "value": [g.config.entrypoint.property.value]} if {
	some vmid, g in lxc.containers
	guard.line(g.config.entrypoint.property.value)
}

parts contains {"at": [g.config.entrypoint.at], "document": lxc.document(vmid), "path": ["lxc.mount.entry"], "value": ["shm dev/shm tmpfs rw,nosuid,nodev,create=dir 0 0"]} if {
	some vmid, g in lxc.containers
	guard.line(g.config.entrypoint.property.value)
	g.config.entrypoint.property.value != "/sbin/init"
}

_features[vmid] := g.config.features if some vmid, g in lxc.containers

_on(vmid, name) if facts.truthy(facts.field(_features[vmid].property, name))

_features_at(vmid) := [_features[vmid].at] if {
	_features[vmid]
} else := []

# systemd-networkd inside takes a writable /sys for a machine of its own.
parts contains {"at": _features_at(vmid), "document": lxc.document(vmid), "path": ["lxc.mount.auto"], "value": ["sys:mixed"]} if {
	some vmid in lxc.unprivileged
	not _on(vmid, "force_rw_sys")
}

parts contains {"at": _features_at(vmid), "document": lxc.document(vmid), "path": ["lxc.seccomp.profile"], "value": [sprintf("/etc/lxc/%s.seccomp", [name])]} if {
	some vmid, name in lxc.filters
}

parts contains {"at": _features_at(vmid), "document": lxc.document(vmid), "path": [key], "value": [value]} if {
	some vmid in lxc.noded
	some key, value in {
		"lxc.seccomp.notify.cookie": sprintf("%d", [vmid]),
		"lxc.seccomp.notify.proxy": sprintf("unix:%s", [lxc.nodes_socket]),
	}
}

parts contains {"at": _features_at(vmid), "document": lxc.document(vmid), "path": [key], "value": value} if {
	some vmid, _ in lxc.containers
	_on(vmid, "fuse")
	some [key, value] in [
		["lxc.apparmor.raw", ["mount fstype=fuse,"]],
		["lxc.mount.entry", ["/dev/fuse dev/fuse none bind,create=file 0 0"]],
	]
}

parts contains {"at": _features_at(vmid), "document": lxc.document(vmid), "path": [key], "value": value} if {
	some vmid, _ in lxc.containers
	not lxc.has(vmid, "lxc.apparmor.profile")
	some [key, value] in array.concat(
		[["lxc.apparmor.profile", ["generated"]]],
		array.concat(_nesting(vmid), _mounts(vmid)),
	)
}

# A profile of its own makes the features of no account, on PVE as here.
parts contains {"at": _features_at(vmid), "document": lxc.document(vmid), "path": ["lxc.apparmor.raw"], "value": []} if {
	some vmid, _ in lxc.containers
	lxc.has(vmid, "lxc.apparmor.profile")
}

_nesting(vmid) := [["lxc.apparmor.allow_nesting", ["1"]]] if {
	_on(vmid, "nesting")
} else := [["lxc.apparmor.raw", ["deny mount -> /proc/,", "deny mount -> /sys/,"]]]

_mounts(vmid) := [["lxc.apparmor.raw", [sprintf("mount fstype=%s,", [fs]) |
	some fs in regex.split(`[;,\s]+`, facts.field(_features[vmid].property, "mount"))
	guard.fs_type(fs)
]]]

# What PVE's LXC adds for a distribution: places for terminals and shared memory that its init does not make, and
# capabilities that it does not need. Those of a container with shifted users are worth nothing outside.
_systems := {
	"alpine": {
		"lxc.cap.drop": ["audit_write ipc_owner mknod sys_nice sys_pacct sys_rawio sys_resource sys_tty_config syslog wake_alarm"],
		"lxc.mount.entry": ["run run tmpfs rw,nodev,relatime,mode=755 0 0", "shm dev/shm tmpfs rw,nodev,noexec,nosuid,relatime,mode=1777,create=dir 0 0"],
		"lxc.tty.dir": [""],
	},
	"archlinux": {"lxc.cap.drop": ["setfcap sys_nice sys_pacct sys_rawio"], "lxc.signal.halt": ["SIGRTMIN+4"]},
	"centos": {"lxc.cap.drop": ["sys_nice sys_pacct sys_rawio"]},
	"debian": {"lxc.tty.dir": [""]},
	"devuan": {"lxc.tty.dir": [""]},
	"fedora": {"lxc.cap.drop": ["setfcap sys_nice sys_pacct sys_rawio"]},
	"gentoo": {"lxc.mount.entry": ["none dev/shm tmpfs rw,nosuid,nodev,create=dir 0 0"], "lxc.tty.dir": [""]},
	"opensuse": {"lxc.cap.drop": ["sys_nice sys_pacct sys_rawio"], "lxc.tty.dir": [""]},
	"ubuntu": {"lxc.mount.entry": [
		"/sys/kernel/debug sys/kernel/debug none bind,optional 0 0",
		"/sys/kernel/security sys/kernel/security none bind,optional 0 0",
		"/sys/fs/pstore sys/fs/pstore none bind,optional 0 0",
		"mqueue dev/mqueue mqueue rw,relatime,create=dir,optional 0 0",
	]},
}

_privileged_only := {"lxc.cap.drop", "lxc.tty.dir"}

parts contains {"at": [g.config.ostype.at], "document": lxc.document(vmid), "path": [key], "value": lines} if {
	some vmid, g in lxc.containers
	some key, lines in _systems[g.config.ostype.property.value]
	_adds(vmid, key)
}

_adds(_, key) if not key in _privileged_only

_adds(vmid, key) if {
	key in _privileged_only
	not vmid in lxc.unprivileged
}
