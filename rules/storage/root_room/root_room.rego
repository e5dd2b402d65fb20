# METADATA
# scope: package
# title: "There is no room for the side root on {place}"
# description: |
#  The new root is made beside PVE's own on {place}, which has {free} GiB left. A NixOS with
#  what runs guests takes up to 10 GiB, and each generation that is kept some more. The
#  installation stops in the middle, or fills the space that the guests of PVE write to.
# custom:
#  id: PVE-STO-026
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: root file system
#  equivalent: fileSystems."/"
#  account: none
#  inhibits: refuse
#  workaround: |
#   Free at least {want} GiB: remove old backups, ISO images and templates
#   below /var/lib/vz and old kernels, shrink or move a guest's disk, or add
#   a disk to the volume group (`vgextend`), the btrfs (`btrfs device add`) or
#   the pool (`zpool add` cannot be taken back: mirror it).
#  test:
#   before: |
#    `zpool list -o name,free`, `vgs -o vg_name,vg_free` with `lvs -o
#    lv_name,data_percent`, or `btrfs filesystem usage /` on PVE shows {free}
#    GiB free on {place}.
#   after: |
#    The same command prints more than {want} GiB, and `df -h /` on the trial
#    system shows at least 10 GiB available.
#  phase: prepare
#  sources:
#   - https://wiki.nixos.org/wiki/Storage_optimization
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zpoolprops.7.html
#   - https://man7.org/linux/man-pages/man8/vgs.8.html
#   - https://btrfs.readthedocs.io/en/latest/btrfs-filesystem.html
package rules.storage.root_room

import data.lib.disks
import data.lib.sideroot

_want := 24

_gib := 1073741824

# Of several pools or groups of one name the one with the least room speaks.
_free := min(_left)

_left contains p.free_bytes if {
	disks.root.kind == "zfs"
	some p in input.storage.zfs_pools
	p.name == disks.root.pool
	p.free_bytes >= 0
}

# The most that one allocation can take: free extents of a group, or what its thin pools have left.
# A group that was measured and says nothing of free extents is full.
_left contains max({object.get(g, "free_bytes", 0)} | _thin(g)) if {
	disks.root.kind == "lvm"
	some g in input.storage.volume_groups
	g.name == disks.root.group
	g.root
	g.size_bytes
}

_left contains sideroot.btrfs_free

_thin(group) := {left |
	some v in group.logical_volumes
	v.kind == "thin-pool"
	left := (v.size_bytes / 100) * (100 - v.data_percent)
}

_place := sprintf("the pool %s", [disks.root.pool]) if {
	disks.root.kind == "zfs"
} else := sprintf("the volume group %s", [disks.root.group]) if {
	disks.root.kind == "lvm"
} else := "the btrfs of the root"

findings contains _one if _free < _want * _gib

# Below this nothing is begun.
inhibits contains _one if _free < sideroot.least

_one := {"at": disks.root.at, "vars": {"place": _place, "free": floor(_free / _gib), "want": _want}}
