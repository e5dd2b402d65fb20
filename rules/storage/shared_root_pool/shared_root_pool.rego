# METADATA
# scope: package
# title: Both systems mount data sets of one pool
# description: |
#  PVE and NixOS share the pool {pool}. Data sets of PVE with a mount point
#  of their own (rpool/data, rpool/var-lib-vz, subvolumes of containers) are
#  mounted by NixOS as well at import; a `zpool upgrade` or `zfs set` made
#  there holds for PVE too, and can make the pool unreadable to the system
#  that is the way back.
# custom:
#  id: PVE-STO-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS root pool
#  equivalent: boot.zfs
#  account: none
#  workaround: |
#   Make the data set of NixOS with canmount=noauto and mountpoint=legacy,
#   leave bootfs alone, and never run `zpool upgrade` while PVE is the way
#   back. `zfs get -r mountpoint,canmount {pool}` shows what both systems
#   would mount.
#  test:
#   before: |
#    `zfs list -o name,mountpoint,canmount` on PVE.
#   after: |
#    The same command on the trial system prints the same lines but for the
#    data set nixos, and `zpool status` does not speak of an upgrade that was
#    made.
#  phase: boot
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zfsprops.7.html
#   - https://pve.proxmox.com/wiki/ZFS_on_Linux
package rules.storage.shared_root_pool

import data.lib.disks

findings contains {"at": disks.root.at, "vars": {"pool": disks.root.pool}} if {
	disks.root.kind == "zfs"
}
