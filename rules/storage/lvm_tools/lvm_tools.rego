# METADATA
# scope: package
# title: Tools for physical volumes are mixed up in proxmox-nixos
# description: |
#  The package pve-storage of proxmox-nixos replaces the paths /sbin/pvs,
#  /sbin/pvcreate and /sbin/pvremove by those of vgs, vgcreate and vgremove.
#  The storages {ids} work with volume groups that exist, but making or
#  wiping physical volumes through the interface or API fails, or does
#  something else.
# custom:
#  id: PVE-STO-014
#  kind: pitfall
#  category: package
#  severity: minor
#  component: LVM storage
#  equivalent: services.lvm
#  account: none
#  workaround: |
#   Make and remove physical volumes on the command line (`pvcreate`,
#   `vgcreate`), never under Disks in the interface, until the package is
#   corrected; or overlay pve-storage with the right path.
#  test:
#   before: |
#    `grep -r "bin/vgcreate" $(nix build --print-out-paths
#    github:SaumonNet/proxmox-nixos#pve-storage)` finds it where pvcreate is
#    meant.
#   after: |
#    `pvesh create /nodes/localhost/disks/lvm --name test --device DEVICE` on
#    the trial system makes a group on an empty disk, and `vgs test` lists
#    it.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-storage/default.nix
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.storage.lvm_tools

import data.lib.disks

findings contains {"at": at, "vars": {"ids": concat(", ", sort(ids))}} if {
	ids := [id | some id, s in disks.storages; s.section.type in {"lvm", "lvmthin"}]
	count(ids) > 0
	at := sort([s.at | some _, s in disks.storages; s.section.type in {"lvm", "lvmthin"}])
}
