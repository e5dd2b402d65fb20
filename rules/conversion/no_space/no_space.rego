# METADATA
# scope: package
# title: "There is no space for a side root: {free} GiB are free in {where}"
# description: |
#  The new system needs {least} GiB beside PVE's root, for the closure, a second generation
#  and what building one takes; {free} GiB are free in {where}. A root that fills up in the
#  trial stops its services in an order that nobody chose, and a pool that fills up stops
#  the guests of PVE too.
# custom:
#  id: PVE-CNV-010
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: root file system
#  account: none
#  inhibits: refuse
#  workaround: |
#   Free space in {where}: remove old kernels, ISO images and backups, or move guests' disks
#   to another storage. On LVM without a thin pool `vgs` shows what is free; a disk that is
#   added with `vgextend` adds to it. On ZFS destroy snapshots that nobody needs; `zfs list
#   -t snapshot -o name,used -s used` sorts them.
#  test:
#   before: |
#    `vgs --units g` or `zpool list` prints less than {least} GiB free for {where}.
#   after: |
#    `vgs --units g` or `zpool list` prints more than {least} GiB free for {where}.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-installation.html#advanced_lvm_options
#   - https://openzfs.github.io/openzfs-docs/Performance%20and%20Tuning/Workload%20Tuning.html#free-space
package rules.conversion.no_space

import data.lib.sideroot

# In a pool.
inhibits contains {"at": sideroot.at, "vars": _vars(sideroot.zpool.name, sideroot.zpool.free_bytes)} if {
	sideroot.zpool.free_bytes < sideroot.least
}

# In a group without a thin pool: where there is one, it is the one that is too full.
inhibits contains {"at": sideroot.at, "vars": _vars(sideroot.group.name, object.get(sideroot.group, "free_bytes", 0))} if {
	sideroot.group.size_bytes
	not sideroot.pool
	object.get(sideroot.group, "free_bytes", 0) < sideroot.least
}

_vars(where, free) := {"where": where, "free": floor(free / _gib), "least": sideroot.least / _gib}

_gib := 1073741824
