# METADATA
# scope: package
# title: "Volume group {name} lacks a disk"
# description: |
#  LVM reports that a physical volume of {name} is missing. Volumes that are
#  wholly on the other disks run on; those on the missing one are not
#  activated, on NixOS no more than on PVE, so guests with disks there fail
#  and it looks like a fault of the conversion. No volume can be made in the
#  group while it is incomplete, the side root neither, and `vgreduce
#  --removemissing` typed in a hurry on the trial system removes the volumes
#  for PVE too.
# custom:
#  id: PVE-STO-043
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: LVM
#  equivalent: services.lvm
#  account: none
#  workaround: |
#   Bring the disk back (`pvs -o pv_name,vg_name,pv_missing`; `vgextend
#   --restoremissing {name} DEVICE`), or move what is left and remove the
#   missing disk with `vgreduce --removemissing {name}` under PVE, with
#   `vgcfgbackup` before.
#  test:
#   before: |
#    `vgs -o vg_name,vg_missing_pv_count {name}` on PVE prints a number above
#    0.
#   after: |
#    It prints 0 on PVE, and `lvs {name}` on the trial system lists the same
#    volumes without the attribute p.
#  phase: prepare
#  sources:
#   - https://man7.org/linux/man-pages/man8/vgreduce.8.html
#   - https://man7.org/linux/man-pages/man8/vgextend.8.html
package rules.storage.group_incomplete

findings contains {"at": [sprintf("/storage/volume_groups/%d", [i])], "vars": {"name": g.name}} if {
	some i, g in input.storage.volume_groups
	g.missing
}
