# METADATA
# title: What the disks carry
# description: |
#  Where PVE's root lies, so that a side root can be put beside it; which
#  pools and storages belong to this host; and how devices of fstab are named
#  on NixOS. A capture that cannot tell yields kind unknown, never a guess.
package lib.disks

import data.lib.facts
import data.lib.guard

# METADATA
# title: Where the root of PVE lies
# description: |
#  {"kind": "zfs", "pool"}, {"kind": "lvm", "group"}, {"kind": "btrfs",
#  "device"}, {"kind": "plain", "type"} for a file system without a volume
#  manager, or {"kind": "unknown"}. at are the facts that say so.
root := {"kind": "zfs", "pool": _root_pools[0].name, "at": [_root_pools[0].at]} if {
	count(_root_pools) > 0
} else := {"kind": "lvm", "group": _root_groups[0].name, "at": [_root_groups[0].at]} if {
	count(_root_groups) > 0
} else := {"kind": "btrfs", "device": device, "at": _root_at} if {
	_root_type == "btrfs"
	device := device_of(_root_spec)
} else := {"kind": "plain", "type": _root_type, "at": _root_at} if {
	_root_type in {"ext2", "ext3", "ext4", "xfs"}
	_no_volume(_root_spec)
} else := {"kind": "unknown", "at": _root_at}

_no_volume(spec) if not startswith(spec, "/dev/mapper/")

_no_volume(spec) if {
	some c in input.storage.crypttab
	spec == concat("", ["/dev/mapper/", c.name])
}

_root_pools := [{"name": p.name, "at": sprintf("/storage/zfs_pools/%d", [i])} |
	some i, p in input.storage.zfs_pools
	p.root
	guard.pool(p.name)
]

_root_groups := [{"name": g.name, "at": sprintf("/storage/volume_groups/%d", [i])} |
	some i, g in input.storage.volume_groups
	g.root
	guard.volume_group(g.name)
]

# The line of fstab names the device by UUID more often than the mount does.
_root_lines := [{"spec": f.spec, "type": f.type, "at": sprintf("/storage/fstab/%d", [i])} |
	some i, f in input.storage.fstab
	f.file == "/"
]

_root_mounts := [{"spec": m.source, "type": m.type, "at": sprintf("/storage/mounts/%d", [i])} |
	some i, m in input.storage.mounts
	m.target == "/"
]

_root_named := array.concat(_root_lines, _root_mounts)

default _root_type := ""

_root_type := _root_named[0].type if count(_root_named) > 0

default _root_spec := ""

_root_spec := _root_named[0].spec if count(_root_named) > 0

_root_at := sort([r.at | some r in _root_named])

# METADATA
# title: The name of a device of fstab or crypttab on NixOS
# description: UUID= and its like become links below /dev/disk; undefined for anything but a device.
device_of(spec) := sprintf("/dev/disk/%s/%s", [_tags[tag], name]) if {
	[tag, quoted] := split(spec, "=")
	name := trim(quoted, "\"")
	regex.match(`^[A-Za-z0-9_.-]+$`, name)
} else := spec if {
	guard.device(spec)
}

_tags := {"UUID": "by-uuid", "LABEL": "by-label", "PARTUUID": "by-partuuid", "PARTLABEL": "by-partlabel"}

# METADATA
# title: PVE storages that this node uses
# description: id → as in lib.facts.storages, without those that are switched off or restricted to other nodes.
storages[id] := s if {
	some id, s in facts.storages
	not _disabled(s)
	not _elsewhere(s)
}

_disabled(s) if {
	d := s.properties.disable.property
	lower(object.get(d, "value", "1")) in {"", "1", "on", "true", "yes"}
}

_elsewhere(s) if {
	nodes := regex.split(`[,; ]+`, s.properties.nodes.property.value)
	not input.host.name in nodes
}

# METADATA
# title: Types of the storages that this node uses
storage_types contains s.section.type if some s in storages

# METADATA
# title: ZFS pools of this host
# description: |
#  index in the snapshot → pool. A pool that is known only because a storage
#  names it, and that storage is for other nodes, is not here.
pools[i] := p if {
	some i, p in input.storage.zfs_pools
	not _pool_elsewhere(p)
}

_pool_elsewhere(p) if {
	not p.root
	_pools_of_all[p.name]
	not _pools_of_here[p.name]
	not _pools_mounted[p.name]
}

_pool_of(s) := split(s.properties.pool.property.value, "/")[0] if s.section.type == "zfspool"

_pools_of_all contains _pool_of(s) if some s in facts.storages

_pools_of_here contains _pool_of(s) if some s in storages

_pools_mounted contains split(m.source, "/")[0] if {
	some m in input.storage.mounts
	m.type == "zfs"
}

# METADATA
# title: Whether ZFS is in use
zfs_in_use if count(pools) > 0

# METADATA
# title: File systems of mounts and fstab that need a word to NixOS
# description: Only those that exist on this host.
fs_types contains m.type if some m in input.storage.mounts

fs_types contains f.type if some f in input.storage.fstab

# METADATA
# title: Disks and partitions by link
# description: path below /dev, or a link below /dev/disk → the device
by_path[path] contains d if {
	some d in input.storage.block_devices
	some path in array.concat([concat("", ["/dev/", d.name])], d.links)
}
