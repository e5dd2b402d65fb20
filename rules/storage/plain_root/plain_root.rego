# METADATA
# scope: package
# title: There is no room for a second root
# description: |
#  The root of PVE is a plain {type} file system on a partition. Nothing can
#  be put beside it: no data set, no logical volume, no subvolume. Writing
#  the new system into the same file system would destroy the only way back.
# custom:
#  id: PVE-STO-001
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: root file system
#  equivalent: fileSystems."/"
#  account: none
#  inhibits: refuse
#  workaround: |
#   Free a partition or add a disk of at least 40 GB, make an ext4 file
#   system with `mkfs.ext4 -L nixos` on it, and install there by hand;
#   fileSystems."/" names the label already. `pve2nix apply` does it on ZFS,
#   LVM and btrfs alone: install PVE again on one of them, or move its root.
#  test:
#   before: |
#    `findmnt -no SOURCE,FSTYPE /` prints a partition and {type}.
#   after: |
#    `ls -l /dev/disk/by-label/nixos` shows another device, and `findmnt /`
#    on the trial system shows that device.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/wiki/Install_Proxmox_VE_on_Debian_12_Bookworm
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
package rules.storage.plain_root

import data.lib.disks

findings contains _one

inhibits contains _one

_one := {"at": disks.root.at, "vars": {"type": disks.root.type}} if disks.root.kind == "plain"
