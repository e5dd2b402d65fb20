# METADATA
# scope: package
# title: "Incus has no pool on these storages: {storages}"
# description: |
#  A pool of Incus owns what is in it, so it cannot be PVE's own thin pool, volume
#  group, folder or Ceph pool. Only beside a ZFS dataset it can have one of its own.
#  What would be new on these storages goes into the pool default, which is a folder
#  of the new root: roots of containers, images, snapshots.
# custom:
#  id: PVE-INC-017
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: storages
#  equivalent: virtualisation.incus.preseed.storage_pools
#  account: none
#  workaround: |
#   Make room of its own and name it in virtualisation.incus.preseed.storage_pools.
#   LVM: `lvcreate --type thin-pool -L 100G -n incus pve`, then driver lvm with
#   source = "pve", lvm.thinpool_name = "incus" and lvm.vg.force_reuse = "true". A
#   folder: an empty one on a disk that is mounted. Ceph: `ceph osd pool create
#   incus` and driver ceph with source = "incus". Take its name in place of default
#   in the instances.
#  test:
#   before: |
#    `incus storage list` on the trial system prints only default and pools of ZFS.
#   after: |
#    `incus storage list` prints the pool that you made, and `df /var/lib/incus`
#    shows room for what stays in default.
#  phase: prepare
#  targets: [incus]
#  sources:
#   - https://linuxcontainers.org/incus/docs/main/reference/storage_drivers/
#   - https://linuxcontainers.org/incus/docs/main/reference/storage_lvm/
#   - https://github.com/NixOS/nixpkgs/blob/nixos-25.11/nixos/modules/virtualisation/incus.nix
package rules.incus.storages_without_pool

import data.lib.disks
import data.lib.incus
import data.lib.volumes

_used contains v.storage if {
	some v in volumes.list
	incus.instances[v.vmid]
	v.kind == "disk"
}

_without[id] := s if {
	some id, s in disks.storages
	_used[id]
	not incus.pools[id]
}

findings contains {"at": sort([s.at | some s in _without]), "vars": {"storages": concat(", ", sort(object.keys(_without)))}} if {
	count(_without) > 0
}
