# METADATA
# scope: package
# title: New volumes in LVM thin pools are thick
# description: |
#  The storages {storages} are thin pools of LVM. Guests keep their thin volumes,
#  which domains name by path. A pool of libvirt sees the volume group only: new
#  volumes of virsh and virt-manager take their whole size beside the thin pool,
#  where there is hardly room.
# custom:
#  id: PVE-LV-009
#  kind: gap
#  category: feature
#  severity: minor
#  component: storage pools
#  account: none
#  workaround: |
#   Make new volumes with `lvcreate --thin --virtualsize SIZE --name NAME
#   GROUP/POOL` and attach them by path with `virsh attach-disk`.
#  test:
#   before: |
#    `lvs -o lv_name,pool_lv` on PVE shows the thin pool of each volume.
#   after: |
#    `lvs -o lv_name,pool_lv` on the trial system shows the thin pool for a new
#    volume, too.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/storage.html#logical-volume-pool
#   - https://pve.proxmox.com/wiki/Storage:_LVM_Thin
package rules.libvirt.thin_pools

import data.lib.libvirtpools

_storages[id] := s.at if {
	some id, s in libvirtpools.used
	s.section.type == "lvmthin"
	libvirtpools.holds(s, "images")
}

findings contains {"at": sort([at | some at in _storages]), "vars": {"storages": concat(", ", sort(object.keys(_storages)))}} if count(_storages) > 0
