# METADATA
# scope: package
# title: "Mount points of containers lose words: {words}"
# description: |
#  Mount points are devices of the container, on the volumes and directories of PVE
#  where they are. What is listed has no counterpart: ACLs that are switched off or
#  on by hand, and what the mount of a directory or of the root forbids (noexec,
#  nosuid, nodev). A mount point with a map of ids of its own (idmap) is left out: Incus
#  can translate all ids (shift) or none, and wrong owners would be written to the disk.
#  Attributes for backup and replication go with PVE.
# custom:
#  id: PVE-INC-013
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: mount points
#  account: review
#  workaround: |
#   ACLs: set acltype on the dataset or the option in the file system (`tune2fs -o
#   acl`). Options of a directory: mount it on the host with
#   fileSystems.<path>.options, or use a volume of a pool. idmap: mount the volume on
#   the host with `mount -o X-mount.idmap=…` (util-linux 2.39) and give that directory
#   to the container: `incus config device add NAME mp0 disk source=DIR path=/data`.
#  test:
#   before: |
#    `pct config VMID` on PVE prints acl=, mountoptions= or idmap= for {words}.
#   after: |
#    `incus exec NAME -- findmnt /data` on the trial system prints the options that
#    the service needs.
#  phase: run
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/devices_disk/
#   - https://pve.proxmox.com/wiki/Manual:_pct.conf
package rules.incus.mount_points

import data.lib.facts
import data.lib.incus

_mounts contains {"vmid": vmid, "key": key, "at": m.at, "property": m.property, "place": place} if {
	some vmid, mounts in incus.mounts_of
	some key, m in mounts
	key != "rootfs"
	place := incus.mounted(vmid, key)
	_inside(m.property)
	_ids(m.property) != "own"
}

_inside(property) if {
	mp := facts.field(property, "mp")
	regex.match(`^/[A-Za-z0-9_.,:@+=/-]+$`, mp)
	facts.plain_path(mp)
}

parts contains incus.device(m.vmid, [m.at], m.key, object.union_n([
	{"type": "disk", "source": m.place.path, "path": facts.field(m.property, "mp")},
	_read_only(m.property),
	_shifted[_ids(m.property)],
	_options(m.property, m.place.kind),
])) if {
	some m in _mounts
}

# Whose ids are on the disk: those outside, those that the container sees, or others, which Incus cannot translate.
_ids(property) := "inside" if {
	facts.field(property, "idmap") == "passthrough"
} else := "own" if {
	facts.field(property, "idmap")
} else := "outside"

_shifted := {"inside": {"shift": "true"}, "outside": {}}

_read_only(property) := {"readonly": "true"} if {
	facts.truthy(facts.field(property, "ro"))
} else := {}

# A directory is bound as it is; only a device is mounted with options.
_options(property, kind) := {"raw.mount.options": concat(",", words)} if {
	kind in {"block", "rbd"}
	words := [word | some word in split(facts.field(property, "mountoptions"), ";"); word in _known]
	count(words) > 0
} else := {}

# Source: pct.conf(5), mountoptions
_known := {"discard", "lazytime", "noatime", "nodev", "noexec", "nosuid"}

_lost contains {"vmid": vmid, "key": key, "at": m.at, "word": word} if {
	some vmid, mounts in incus.mounts_of
	some key, m in mounts
	word := "acl"
	facts.field(m.property, word)
}

_lost contains {"vmid": vmid, "key": key, "at": m.at, "word": "mountoptions"} if {
	some vmid, mounts in incus.mounts_of
	some key, m in mounts
	regex.match(`(^|;)no(dev|exec|suid)(;|$)`, facts.field(m.property, "mountoptions"))
	not _kept(vmid, key)
}

_kept(vmid, key) if {
	key != "rootfs"
	incus.mounted(vmid, key).kind in {"block", "rbd"}
}

_lost contains {"vmid": vmid, "key": key, "at": m.at, "word": "idmap"} if {
	some vmid, mounts in incus.mounts_of
	some key, m in mounts
	key != "rootfs"
	_ids(m.property) == "own"
}

_lost contains {"vmid": vmid, "key": key, "at": m.at, "word": "the path inside"} if {
	some vmid, mounts in incus.mounts_of
	some key, m in mounts
	key != "rootfs"
	not _inside(m.property)
}

findings contains {
	"at": sort({l.at | some l in _lost}),
	"vars": {"words": concat(", ", sort({sprintf("%d %s %s", [l.vmid, l.key, l.word]) | some l in _lost}))},
} if {
	count(_lost) > 0
}
