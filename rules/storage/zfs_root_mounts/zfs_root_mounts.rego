# METADATA
# scope: package
# title: NixOS mounts PVE's root over its own
# description: |
#  The data set {name} has the mount point / and may be mounted
#  automatically, as PVE's installer leaves it. NixOS runs `zfs mount -a`
#  after it has imported {pool}, which mounts every such data set: PVE's root
#  comes to lie on / of the running trial system. Programs that start later
#  in name spaces of their own see PVE's files, and PVE's root can be written
#  to.
# custom:
#  id: PVE-STO-034
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: ZFS root pool
#  account: none
#  workaround: |
#   `zfs set canmount=noauto {name}` on PVE. PVE itself does not need the
#   automatic mount: its initial RAM disk mounts the data set that bootfs or
#   root= names. Boot PVE once after the change.
#  test:
#   before: |
#    `zfs get -H -o value canmount {name}` on PVE prints on.
#   after: |
#    It prints noauto, PVE still boots, and `findmnt -no SOURCE /` on the
#    trial system prints one line, the data set of NixOS.
#  phase: boot
#  sources:
#   - https://openzfs.github.io/openzfs-docs/man/master/7/zfsprops.7.html
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/tasks/filesystems/zfs.nix
package rules.storage.zfs_root_mounts

import data.lib.disks

findings contains {"at": [sprintf("/storage/zfs_pools/%d/datasets/%d", [i, j])], "vars": {"pool": pool.name, "name": d.name}} if {
	some i, pool in disks.pools
	pool.root
	some j, d in pool.datasets
	d.kind == "filesystem"
	_properties(d).mountpoint == "/"
	not object.get(_properties(d), "canmount", "on") in {"noauto", "off"}
}

# The first of a name counts.
_properties(dataset) := object.union_n(array.reverse([{p.name: p.value} | some p in dataset.properties]))
