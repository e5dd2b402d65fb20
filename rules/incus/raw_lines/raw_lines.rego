# METADATA
# scope: package
# title: "Incus refuses lines for LXC, or they mean another host: {lines}"
# description: |
#  Lines for LXC go into raw.lxc as they are. These do not: Incus makes the cards,
#  the mounts of the root and the limits of processes itself and refuses the keys;
#  hooks, includes and filters are files of PVE; values that can hold secrets are not
#  captured.
# custom:
#  id: PVE-INC-015
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: raw LXC configuration
#  account: lost
#  workaround: |
#   Ask of each line why it is there. A card of the host: `incus config device add
#   NAME field0 nic nictype=physical parent=enp5s0 name=field0`. Environment: `incus
#   config set NAME environment.KEY=value`. Limits of control groups: limits.cpu and
#   limits.memory. A filter of system calls: security.syscalls.deny. What a hook did
#   belongs into the container or a unit of the host.
#  test:
#   before: |
#    `grep lxc /etc/pve/lxc/VMID.conf` on PVE prints the lines {lines}.
#   after: |
#    `incus config show NAME` prints what takes their place, and `incus start NAME`
#    no error.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
#   - https://github.com/lxc/incus/blob/v6.0.2/internal/server/instance/instance_utils.go
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.incus.raw_lines

import data.lib.guard
import data.lib.guesthooks
import data.lib.incus
import data.lib.lxc
import data.lib.pve

# A secret has no value.
_lines contains {"vmid": vmid, "key": _key(p.key), "value": object.get(p, "value", null), "at": sprintf("%s/config/%d", [g.at, j])} if {
	some vmid, g in pve.containers
	some j, p in g.guest.config
	startswith(p.key, "lxc.")
	p.key != "lxc.idmap"
}

# A map by its old name is no raw.idmap.
_key(key) := key if {
	key == "lxc.id_map"
} else := lxc.today(key)

_plain(line) if {
	is_string(line.value)
	regex.match(`^lxc(\.[A-Za-z0-9_-]+)+$`, line.key)
	guard.line(line.value)
}

# Source: lxcValidConfig of Incus; what is not in here is a file of PVE or of its LXC.
_raw := `^lxc\.(apparmor\.(profile|allow_nesting|allow_incomplete)|cap\.(drop|keep)|cgroup2\..+|init\.(cmd|cwd|uid|gid)|mount\.(auto|entry)|signal\.(halt|reboot|stop)|tty\.max|pty\.max|monitor\.unshare|namespace\.(clone|keep)|proc\..+|selinux\..+|start\..+)$`

_taken contains line if {
	some line in _lines
	_plain(line)
	regex.match(_raw, line.key)
}

_at[vmid] contains line.at if {
	some line in _taken
	vmid := line.vmid
}

_at[vmid] contains g.config.entrypoint.at if {
	some vmid, g in pve.containers
	guard.line(g.config.entrypoint.property.value)
}

# The adapter is that of rules/incus/hook_scripts.
_at[vmid] contains guesthooks.list[vmid].at if {
	some vmid, _ in pve.containers
}

_hooks(vmid) := [sprintf("lxc.hook.%[1]s = /etc/incus-hooks/pve %[2]d %[1]s", [phase, vmid]) |
	guesthooks.list[vmid]
	some phase in ["pre-start", "post-stop"]
]

# In the order of the file: a line can take back the one before it.
_text[vmid] := concat("\n", array.concat(array.concat(_first(pve.containers[vmid]), _hooks(vmid)), [sprintf("%s = %s", [line.key, line.value]) |
	some [_, line] in sort([[_index(line.at), line] | some line in _taken; line.vmid == vmid])
])) if some vmid, _ in _at

_index(at) := to_number(parts[count(parts) - 1]) if parts := split(at, "/")

_first(g) := [sprintf("lxc.init.cmd = %s", [g.config.entrypoint.property.value])] if {
	guard.line(g.config.entrypoint.property.value)
} else := []

parts contains incus.part(vmid, sort(_at[vmid]), ["config", "raw.lxc"], text) if some vmid, text in _text

_keys contains object.union(line, {"path": sprintf("%s%s", [to, trim_prefix(line.key, from)])}) if {
	some from, to in {"lxc.prlimit.": "limits.kernel.", "lxc.sysctl.": "linux.sysctl."}
	some line in _lines
	_plain(line)
	startswith(line.key, from)
}

parts contains incus.part(k.vmid, [k.at], ["config", k.path], k.value) if some k in _keys

_spoken_of := {line.at | some line in _taken} | {k.at | some k in _keys}

_refused contains line if {
	some line in _lines
	not _spoken_of[line.at]
	not startswith(line.key, "lxc.cgroup.") # they have a finding of their own
}

findings contains {
	"at": sort({line.at | some line in _refused}),
	"vars": {"lines": concat(", ", sort({sprintf("%d %s", [line.vmid, line.key]) | some line in _refused}))},
} if {
	count(_refused) > 0
}
