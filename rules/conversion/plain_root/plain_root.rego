# METADATA
# scope: package
# title: "The root is a plain {type}, with no room beside it"
# description: |
#  PVE's root is a file system of its own, without LVM, ZFS or btrfs under it. A second
#  root cannot be made beside it without moving partitions, and a conversion that
#  overwrites the only root has no way back.
# custom:
#  id: PVE-CNV-009
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: root file system
#  account: none
#  inhibits: refuse
#  workaround: |
#   Install PVE anew on ZFS or LVM and restore the guests from backups, or move the root:
#   put a second disk in, make an LVM group on it, copy the root with `rsync -aHAXx /
#   /mnt/`, adapt /etc/fstab, run `update-grub` and `grub-install` for that disk, start from
#   it, and capture again.
#  test:
#   before: |
#    `findmnt -n -o SOURCE,FSTYPE /` prints a partition with {type}.
#   after: |
#    `findmnt -n -o SOURCE,FSTYPE /` prints a logical volume, a data set or a subvolume of
#    btrfs.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-installation.html
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_logical_volume_manager
package rules.conversion.plain_root

import data.lib.disks

inhibits contains {"at": disks.root.at, "vars": {"type": disks.root.type}} if disks.root.kind == "plain"
