# METADATA
# title: Snapshots of guests that a host can turn back to
# description: |
#  A snapshot of PVE is one of each volume, under its name, and a section of the
#  configuration. Those whose volumes are the ones of today, on storages whose
#  own tool turns a volume back, need no PVE for it.
package lib.rollback

import data.lib.disks
import data.lib.facts
import data.lib.guard
import data.lib.images
import data.lib.pve
import data.lib.rbd
import data.lib.volumes

# METADATA
# title: Snapshots by guest
# description: |
#  [{vmid, type, name, at, volumes, same, differs}]: volumes is a list of {check,
#  act, tool} (and storage for Ceph), commands of a shell; same are the lines of the section that say
#  what the configuration says today, differs whether there are others.
list contains {"vmid": vmid, "type": g.guest.type, "name": s.name, "at": at, "volumes": volumes, "same": _same(g, s, at), "differs": _differs(g, s)} if {
	some vmid, g in facts.guests
	not pve.template(g)
	some i, s in g.guest.snapshots
	regex.match(`^[A-Za-z][A-Za-z0-9_-]{1,39}$`, s.name)
	at := sprintf("%s/snapshots/%d", [g.at, i])
	then := _volumes(s.config, g.guest.type)
	count(then) > 0
	then == _volumes(g.guest.config, g.guest.type)
	volumes := [_turned(volume, s.name) | some volume in sort({v | some v in then})]
	count(volumes) == count({v | some v in then})
}

# Firmware and TPM are not among them: their state has left PVE's volumes.
_volumes(config, type) := {p.key: volume |
	some p in config
	regex.match({"lxc": `^(rootfs|mp[0-9]+)$`, "qemu": `^(ide|sata|scsi|virtio)[0-9]+$`}[type], p.key)
	not _medium(p)
	volume := [f.value | some f in p.fields; f.name in {"file", "volume"}][0]
	not volume in {"cdrom", "none"}
	not regex.match(`[:/]vm-[0-9]+-cloudinit`, volume)
}

_medium(p) if facts.field(p, "media") == "cdrom"

# What a snapshot has of its own, and what is no part of how a guest runs.
_own := {"description", "digest", "lock", "parent", "runningcpu", "runningmachine", "snapstate", "snaptime", "vmgenid"}

# A secret is known by the beginning of its hash.
_said(p) := p.value if {
	true
} else := p.secret.sha256_prefix

_words(config) := {[p.key, _said(p)] | some p in config; not p.key in _own; p.key != "vmstate"}

_same(g, s, at) := [sprintf("%s/config/%d", [at, j]) | some j, p in s.config; _unchanged(g, p)]

_unchanged(_, p) if p.key in _own

_unchanged(g, p) if {
	not p.key in _own
	g.config[p.key]
	_said(p) == _said(g.config[p.key].property)
}

_differs(g, s) := _words(g.guest.config) != _words(s.config)

# Only the newest snapshot of a file system of ZFS can be turned back to without losing others.
_turned(volume, name) := {
	"tool": "zfs",
	"check": sprintf(`test "$(zfs list -H -d 1 -t snapshot -o name -s creation %[1]s | tail -n 1)" = %[1]s@%[2]s`, [dataset, name]),
	"act": [sprintf("zfs rollback %s@%s", [dataset, name])],
} if {
	[s, last] := _placed(volume)
	s.section.type == "zfspool"
	pool := s.properties.pool.property.value
	regex.match(`^[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9_.:-]+)*$`, pool)
	dataset := sprintf("%s/%s", [pool, last])
}

# What was there until now stays beside it, and is taken away by hand.
_turned(volume, name) := {
	"tool": "lvm2",
	"check": sprintf("lvs %[1]s/snap_%[2]s_%[3]s >/dev/null && ! lvs %[1]s/before_%[2]s >/dev/null 2>&1", [group, last, name]),
	"act": [
		sprintf("lvrename %[1]s %[2]s before_%[2]s", [group, last]),
		sprintf("lvcreate --setactivationskip n --name %[2]s --snapshot %[1]s/snap_%[2]s_%[3]s", [group, last, name]),
		sprintf("echo 'What was there before: lvremove %[1]s/before_%[2]s'", [group, last]),
	],
} if {
	[s, last] := _placed(volume)
	s.section.type == "lvmthin"
	group := s.properties.vgname.property.value
	guard.volume_group(group)
}

_turned(volume, name) := {
	"tool": "ceph-client",
	"storage": image.storage,
	"check": sprintf("rbd %[1]s info %[2]s@%[3]s >/dev/null", [image.words, image.image, name]),
	"act": [sprintf("rbd %s snap rollback --no-progress %s@%s", [image.words, image.image, name])],
} if {
	data.target != "incus" # which has mapped the image
	image := rbd.of(volume)
}

_turned(volume, name) := {
	"tool": "qemu-utils",
	"check": sprintf("qemu-img snapshot -l %s | grep -Eq '^[0-9]+ +%s '", [file, name]),
	"act": [sprintf("qemu-img snapshot -a %s %s", [name, file])],
} if {
	data.target != "incus" # which has a converted copy
	image := images.of(volume)
	image.format == "qcow2"
	file := image.source.file
	regex.match(`^/[A-Za-z0-9_.@+=/-]+$`, file)
	disks.storages[volumes.storage_of(volume)]
}

_placed(volume) := [s, last] if {
	s := disks.storages[volumes.storage_of(volume)]
	found := regex.find_all_string_submatch_n(`[:/]((?:vm|subvol)-[0-9]+-[A-Za-z0-9_.-]+)$`, volume, 1)
	last := found[0][1]
	not endswith(last, ".qcow2")
}

# METADATA
# title: The unit that turns a guest back
# description: |
#  Started by hand. It looks at each volume before it touches the first one. off
#  are lines that end it while the guest runs, more what the unit has beside.
unit(s, off, more) := object.union(
	{
		"description": sprintf("%s %d back to the snapshot %s", [{"lxc": "Container", "qemu": "Virtual machine"}[s.type], s.vmid, s.name]),
		"restartIfChanged": false,
		"serviceConfig": {"Type": "oneshot"},
		"script": concat("\n", array.flatten([
			off,
			[sprintf("%s || { echo 'A volume has no snapshot %s that it can be turned back to' >&2; exit 1; }", [v.check, s.name]) | some v in s.volumes],
			[line | some v in s.volumes; some line in v.act],
			"",
		])),
	},
	more,
)

# METADATA
# title: The name of the unit
unit_name(s) := sprintf("rollback-%d-%s", [s.vmid, s.name])

# METADATA
# title: Packages that turn the volumes of a guest back
packages(s) := array.concat(
	[{"_ref": ["pkgs", name]} | some name in sort({v.tool | some v in s.volumes; v.tool != "zfs"})],
	[{"_ref": ["config", "boot", "zfs", "package"]} | "zfs" in {v.tool | some v in s.volumes}],
)

# METADATA
# title: Keys of Ceph that units need, as elements of carries
keys(units) := rbd.carries({v.storage | some s in units; some v in s.volumes; v.tool == "ceph-client"})
