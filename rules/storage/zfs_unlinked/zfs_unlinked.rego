# METADATA
# scope: package
# title: "ZFS of NixOS does not find the devices of {pool}"
# description: |
#  NixOS looks for the devices of a pool in /dev/disk/by-id only. Those of
#  {pool} have no name there ({devices}: disks without a serial number, as
#  virtual machines and some controllers show them), so the pool counts as
#  missing and is not imported. With PVE's root on it the trial boot stops in
#  the initial RAM disk.
# custom:
#  id: PVE-STO-029
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: ZFS pool
#  equivalent: boot.zfs.devNodes
#  account: none
#  workaround: |
#   Set boot.zfs.devNodes to /dev/disk/by-partuuid, or to /dev/disk/by-path
#   where the pool is on whole disks. Where the disks belong to a virtual
#   machine, give them a serial number (`serial=` of the drive) instead.
#  test:
#   before: |
#    `ls -l /dev/disk/by-id` on PVE shows none of {devices}.
#   after: |
#    `zpool import -d DIRECTORY` from the installation medium of NixOS, with
#    the directory of boot.zfs.devNodes, lists {pool} as ONLINE.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
#   - https://openzfs.github.io/openzfs-docs/Project%20and%20Community/FAQ.html
package rules.storage.zfs_unlinked

import data.lib.disks

findings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "vars": {"pool": p.name, "devices": concat(", ", sort(unlinked))}} if {
	some i, p in disks.pools
	unlinked := [d.name |
		some d in p.devices
		startswith(d.name, "/dev/")
		not startswith(d.name, "/dev/disk/by-id/")
		count(disks.by_path[d.name]) > 0
		not _linked[d.name]
	]
	count(unlinked) > 0
}

_linked[path] if {
	some path, devices in disks.by_path
	some device in devices
	some link in device.links
	startswith(link, "/dev/disk/by-id/")
}
