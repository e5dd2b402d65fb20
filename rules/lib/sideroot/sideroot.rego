# METADATA
# title: Where the root of the new system can go
# description: |
#  Beside PVE's own root, on the same pool, group or file system, under the name
#  that rules.storage.root gives it. What cannot be told from the facts is no
#  place: layout then is of the kind none.
package lib.sideroot

import data.lib.disks
import data.lib.guard

# METADATA
# title: The smallest and the largest side root, and how full a thin pool may be
least := data.catalog.side_root.least

most := data.catalog.side_root.most

pool_percent := data.catalog.side_root.pool_percent

# METADATA
# title: The layout as the plan has it
layout := {"kind": "zfs", "source": parent, "root": concat("/", [parent, "nixos"]), "type": "zfs"} if {
	parent
	zpool.free_bytes >= 0
} else := {"kind": "lvm", "source": disks.root.group, "root": _volume, "type": "ext4", "bytes": _linear} if {
	_linear
	not thin_has_room
} else := {"kind": "lvm-thin", "source": concat("/", [disks.root.group, pool.name]), "root": _volume, "type": "ext4", "bytes": bytes} if {
	pool.data_percent >= 0
} else := {"kind": "btrfs", "source": disks.root.device, "root": disks.root.device, "subvolume": "@nixos", "type": "btrfs"} if {
	disks.root.kind == "btrfs"
	btrfs_free >= 0
	regex.match(`^/dev/[A-Za-z0-9][A-Za-z0-9_.:+-]*(/[A-Za-z0-9][A-Za-z0-9_.:+-]*)*$`, disks.root.device)
} else := {"kind": "none"}

_volume := sprintf("/dev/%s/nixos", [disks.root.group])

# METADATA
# title: The facts that the layout is made of
at := disks.root.at

# METADATA
# title: The data set that holds the roots of a pool
# description: Undefined where PVE's root is not in it, or is not known; nothing is made in a place that may not be there.
parent := name if {
	disks.root.kind == "zfs"
	name := sprintf("%s/ROOT", [disks.root.pool])
	some root in _roots
	startswith(root, concat("", [name, "/"]))
}

_roots contains m.source if {
	some m in input.storage.mounts
	m.target == "/"
	m.type == "zfs"
}

_roots contains trim_prefix(p.value, "ZFS=") if {
	some p in input.system.boot.kernel_parameters
	p.key == "root"
	startswith(p.value, "ZFS=")
}

# METADATA
# title: The pool of PVE's root
# description: Undefined where two have its name, as the next two.
zpool := _zpools[0] if count(_zpools) == 1

_zpools := [p |
	disks.root.kind == "zfs"
	some p in input.storage.zfs_pools
	p.name == disks.root.pool
]

# METADATA
# title: What the btrfs of PVE's root still takes
# description: |
#  Undefined where it is not known, or where two file systems say that the root is on them.
btrfs_free := _btrfs[0].free_bytes if count(_btrfs) == 1

_btrfs := [fs |
	disks.root.kind == "btrfs"
	some fs in input.storage.btrfs
	"/" in fs.mounts
]

# METADATA
# title: The group of PVE's root
group := _groups[0] if count(_groups) == 1

_groups := [g |
	disks.root.kind == "lvm"
	some g in input.storage.volume_groups
	g.name == disks.root.group
]

# METADATA
# title: The thin pool beside PVE's root
# description: The one that PVE's installer makes, data; else the only one, if there is one.
pool := _pools[0] if {
	count(_pools) == 1
} else := named[0] if {
	named := [p | some p in _pools; p.name == "data"]
	count(named) == 1
}

_pools := [v |
	some v in group.logical_volumes
	v.kind == "thin-pool"
	guard.volume_group(v.name)
]

# METADATA
# title: The size of a logical volume for the side root
# description: That of PVE's own root, within what is sensible.
bytes := max([least, min([most, _own])])

_own := max(sizes) if {
	sizes := [v.size_bytes | some v in group.logical_volumes; v.name == "root"]
	count(sizes) > 0
} else := most

# METADATA
# title: Bytes of a thin pool that a volume may still take
room := floor((pool.size_bytes * (pool_percent - pool.data_percent)) / 100)

# METADATA
# title: Whether the side root goes into the thin pool without filling it
thin_has_room if {
	room >= bytes
	metadata_room
}

# METADATA
# title: Whether a thin pool can note another volume
metadata_room if object.get(pool, "metadata_percent", 0) <= pool_percent

# A volume of its own, where the group has room and there is no thin pool that has.
_linear := bytes if {
	group.free_bytes >= bytes
} else := least if {
	group.free_bytes >= least
}
