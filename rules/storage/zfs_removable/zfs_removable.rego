# METADATA
# scope: package
# title: "Pool {pool} is on a disk that can be unplugged"
# description: |
#  {pool} is on {disks}, connected by USB. PVE imports such a pool when a
#  storage first needs it. NixOS imports it at each boot: without the disk
#  the boot waits a minute, the unit zfs-import-{pool} fails, and
#  zfs-import.target with it. A disk that wakes slowly behind its adapter is
#  imported without its mirror.
# custom:
#  id: PVE-STO-037
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: ZFS pool
#  equivalent: boot.zfs.extraPools
#  account: none
#  workaround: |
#   Take the pool out of boot.zfs.extraPools with mkForce and leave the import to a udev rule
#   and a service of its own, or to PVE's storage where PVE stays. Export the pool (`zpool
#   export {pool}`) before the disk is taken away.
#  test:
#   before: |
#    `zpool status -P {pool}` and `lsblk -o NAME,TRAN` on PVE show the disk
#    with usb.
#   after: |
#    A reboot of the trial system without the disk ends with `systemctl
#    is-system-running` printing running; with the disk `zpool list {pool}`
#    shows it after its storage was used.
#  phase: boot
#  sources:
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
package rules.storage.zfs_removable

import data.lib.disks

# Partitions are found by the disk that they are on.
_usb[name] if {
	some d in input.storage.block_devices
	d.transport == "usb"
	name := d.name
}

_disk(device) := object.get(device, "parent", device.name)

findings contains {"at": [sprintf("/storage/zfs_pools/%d", [i])], "vars": {"pool": pool.name, "disks": concat(", ", sort(on))}} if {
	some i, pool in disks.pools
	on := {concat("", ["/dev/", disk]) |
		some v in pool.devices
		some device in disks.by_path[v.name]
		disk := _disk(device)
		_usb[disk]
	}
	count(on) > 0
}
