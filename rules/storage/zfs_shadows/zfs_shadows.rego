# METADATA
# scope: package
# title: Data sets of PVE hide directories of the new system
# description: |
#  These data sets are mounted over directories that the new system has of
#  its own: {places}. NixOS mounts them after its boot has begun: what it
#  wrote there before is hidden, state of PVE's services appears in the place
#  of that of NixOS, and both systems write to the same files. With /var or
#  /etc services fail one after the other.
# custom:
#  id: PVE-STO-035
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS data sets
#  equivalent: fileSystems
#  account: none
#  workaround: |
#   On PVE set canmount=noauto and mount the data set by fstab or a unit
#   there, or set mountpoint=legacy with a line of fstab. On NixOS take only
#   what is wanted with fileSystems, under a path of its own such as
#   /mnt/pve-var.
#  test:
#   before: |
#    `zfs list -H -o name,mountpoint,canmount -t filesystem` on PVE shows
#    {places} with canmount on.
#   after: |
#    `findmnt -t zfs` on the trial system shows none of these directories but
#    for those that fileSystems names.
#  phase: boot
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zfsprops.7.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
package rules.storage.zfs_shadows

import data.lib.disks

_of_system := {"/boot", "/etc", "/nix", "/root", "/run", "/tmp", "/usr", "/var", "/var/cache", "/var/lib", "/var/log", "/var/spool", "/var/tmp"}

_shadowing[at] := place if {
	some i, pool in disks.pools
	some j, d in pool.datasets
	d.kind == "filesystem"
	properties := object.union_n([{p.name: p.value} | some p in d.properties])
	place := properties.mountpoint
	place in _of_system
	not object.get(properties, "canmount", "on") in {"noauto", "off"}
	at := sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])
}

findings contains {"at": sort(object.keys(_shadowing)), "vars": {"places": concat(", ", sort({p | some p in _shadowing}))}} if {
	count(_shadowing) > 0
}
