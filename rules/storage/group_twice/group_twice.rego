# METADATA
# scope: package
# title: "Two volume groups have the name {name}"
# description: |
#  {count} volume groups on this host are called {name}: usually the disk of
#  an earlier PVE beside the present one. LVM takes the one that it finds
#  first, and the order of disks differs from one kernel to the next. The new
#  root, swap and guests' disks are named by the group, so NixOS may boot
#  from, or write to, the wrong disk.
# custom:
#  id: PVE-STO-044
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: LVM
#  equivalent: fileSystems."/"
#  account: none
#  workaround: |
#   Give the other group a new name by its UUID on PVE: `vgs -o
#   vg_name,vg_uuid`, then `vgrename UUID {name}-old`. Or take the old disk
#   out until the conversion is over.
#  test:
#   before: |
#    `vgs --noheadings -o vg_name,vg_uuid` on PVE prints {name} more than
#    once.
#   after: |
#    It prints {name} once, and `lsblk` on the trial system shows the new
#    root on the same disk as PVE's.
#  phase: boot
#  sources:
#   - https://man7.org/linux/man-pages/man8/vgrename.8.html
#   - https://pve.proxmox.com/pve-docs/pve-admin-guide.html#chapter_lvm
package rules.storage.group_twice

_indexes[g.name] contains i if some i, g in input.storage.volume_groups

findings contains {"at": sort([sprintf("/storage/volume_groups/%d", [i]) | some i in indexes]), "vars": {"name": name, "count": count(indexes)}} if {
	some name, indexes in _indexes
	count(indexes) > 1
}
