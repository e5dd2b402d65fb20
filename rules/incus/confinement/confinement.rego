# METADATA
# scope: package
# title: "Containers lose words of their confinement: {words}"
# description: |
#  Privileges, maps of user ids, features and device nodes become keys and devices of
#  the instance. What is listed has none: Incus decides by itself whether /sys can be
#  written, a device that PVE only lets be read (deny-write) can be written, and lines
#  of a map in another form than LXC's have no place in raw.idmap.
# custom:
#  id: PVE-INC-014
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: features of containers
#  account: review
#  workaround: |
#   /sys: mount what the service writes by a disk device with the source below /sys,
#   or say it in raw.lxc: lxc.mount.auto = sys:rw. Maps: write raw.idmap by hand, a
#   line `uid OUTSIDE INSIDE` or `both OUTSIDE INSIDE`, ranges as 1500-1509, and give
#   root the ids outside with users.users.root.subUidRanges. Devices: `incus config
#   device set NAME dev0 mode=0440`, which holds for users other than root inside.
#  test:
#   before: |
#    `pct config VMID` on PVE prints force_rw_sys=1 or the lines of {words}.
#   after: |
#    `incus exec NAME -- cat /proc/self/uid_map` prints the map that PVE had.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/instance_options/
#   - https://linuxcontainers.org/incus/docs/main/userns-idmap/
#   - https://linuxcontainers.org/incus/docs/main/syscall-interception/
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.incus.confinement

import data.lib.facts
import data.lib.guard
import data.lib.incus
import data.lib.pve

_at(g, key) := [g.config[key].at] if {
	true
} else := [g.at]

default _unprivileged(_) := false

_unprivileged(g) if facts.truthy(g.config.unprivileged.property.value)

# As for PVE, a map alone makes a container unprivileged.
_unprivileged(g) if _maps[g.guest.vmid]

parts contains incus.part(vmid, _at(g, "unprivileged"), ["config", "security.privileged"], sprintf("%v", [_unprivileged(g) == false])) if some vmid, g in pve.containers

parts contains incus.part(vmid, _at(g, "unprivileged"), ["config", key], text) if {
	some vmid, g in pve.containers
	_unprivileged(g)
	some key, text in {"security.idmap.isolated": "true", "security.idmap.base": sprintf("%d", [_base(vmid)]), "security.idmap.size": "65536"}
}

# {kind, inside, outside, count} of the lines of a container
_maps[vmid] contains {"at": line.at, "kind": found[0][1], "inside": to_number(found[0][2]), "outside": to_number(found[0][3]), "count": to_number(found[0][4])} if {
	some line in pve.lines
	line.key == "lxc.idmap"
	pve.containers[line.vmid]
	vmid := line.vmid
	found := regex.find_all_string_submatch_n(`^\s*([ug])\s+([0-9]{1,10})\s+([0-9]{1,10})\s+([1-9][0-9]{0,9})\s*$`, line.value, 1)
	count(found) == 1
}

# Where the container's root is; PVE's own map begins at 100000.
_base(vmid) := min({m.outside | some m in _maps[vmid]; m.kind == "u"; m.inside == 0}) if {
	some m in _maps[vmid]
	m.kind == "u"
	m.inside == 0
} else := 100000

_kinds := {"u": "uid", "g": "gid"}

# Lines that say what the map says anyway are in it.
_own(vmid) := [sprintf("%s %s %s", [_kinds[m.kind], _range(m.outside, m.count), _range(m.inside, m.count)]) |
	some m in sort(_maps[vmid])
	m.outside != _base(vmid) + m.inside
]

_range(first, length) := sprintf("%d", [first]) if {
	length == 1
} else := sprintf("%d-%d", [first, (first + length) - 1])

parts contains incus.part(vmid, sort([m.at | some m in maps]), ["config", "raw.idmap"], concat("\n", _own(vmid))) if {
	some vmid, maps in _maps
	_unprivileged(pve.containers[vmid])
}

_feature(g, name) := facts.field(g.config.features.property, name)

_on(g, name) := sprintf("%v", [facts.truthy(_feature(g, name))]) if {
	facts.truthy(_feature(g, name))
} else := "false"

parts contains incus.part(vmid, [g.config.features.at], ["config", "security.nesting"], _on(g, "nesting")) if some vmid, g in pve.containers

parts contains incus.part(vmid, [g.config.features.at], ["config", "security.syscalls.intercept.mknod"], "true") if {
	some vmid, g in pve.containers
	facts.truthy(_feature(g, "mknod"))
}

_types(g) := [type | some type in split(_feature(g, "mount"), ";"); guard.fs_type(type)]

parts contains incus.part(vmid, [g.config.features.at], ["config", key], text) if {
	some vmid, g in pve.containers
	count(_types(g)) > 0
	some key, text in _mounting(g)
}

_mounting(g) := {"security.syscalls.intercept.mount": "true", "security.syscalls.intercept.mount.allowed": concat(",", _types(g))} if {
	_unprivileged(g)
} else := {"raw.apparmor": concat("\n", [sprintf("mount fstype=%s,", [type]) | some type in _types(g)])}

_lost contains {"vmid": vmid, "at": g.config.features.at, "word": "force_rw_sys"} if {
	some vmid, g in pve.containers
	facts.truthy(_feature(g, "force_rw_sys"))
}

_lost contains {"vmid": vmid, "at": p.at, "word": sprintf("%s deny-write", [key])} if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^dev[0-9]{1,3}$`, key)
	facts.truthy(facts.field(p.property, "deny-write"))
}

_lost contains {"vmid": line.vmid, "at": line.at, "word": "lxc.idmap"} if {
	some line in pve.lines
	line.key == "lxc.idmap"
	pve.containers[line.vmid]
	not _read(line)
}

_read(line) if {
	some m in _maps[line.vmid]
	m.at == line.at
	_unprivileged(pve.containers[line.vmid])
}

findings contains {
	"at": sort({l.at | some l in _lost}),
	"vars": {"words": concat(", ", sort({sprintf("%d %s", [l.vmid, l.word]) | some l in _lost}))},
} if {
	count(_lost) > 0
}
