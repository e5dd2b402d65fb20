# METADATA
# scope: package
# title: Nobody maps the Ceph images of containers
# description: |
#  The volumes of {vmids} are images of Ceph ({storages}). A container needs
#  them as block devices, which PVE makes with `rbd map` when it starts and
#  takes away when it stops. On NixOS nothing does so for a container. An image
#  that is mapped by hand and mounted here while another node starts the same
#  container is written by two at once, and its file system is lost.
# custom:
#  id: PVE-CT-016
#  kind: gap
#  category: feature
#  severity: major
#  component: RBD storages
#  equivalent: systemd.services.<name>.preStart
#  account: none
#  workaround: |
#   Move the volume to a local storage on PVE (`pct move-volume VMID rootfs
#   STORAGE`), and the container gets a unit as others do. Or write the unit:
#   map in preStart (`rbd map POOL/IMAGE --exclusive`, with the key of the
#   storage), unmap in postStop (`rbd unmap`), and take the container away from
#   HA and from the other nodes first.
#  test:
#   before: |
#    `rbd showmapped` on PVE prints the images while {vmids} run.
#   after: |
#    `rbd showmapped` on the trial system prints each image once, and `rbd lock
#    list POOL/IMAGE` on another node shows this node as its only holder.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#ceph_rados_block_devices
#   - https://docs.ceph.com/en/latest/man/8/rbd/
package rules.containers.mapped_images

import data.lib.disks
import data.lib.pve
import data.lib.volumes

_volumes contains v if {
	some v in volumes.list
	pve.containers[v.vmid]
	disks.storages[v.storage].section.type == "rbd"
}

findings contains {
	"at": sort([v.at | some v in _volumes]),
	"vars": {"vmids": pve.numbers({v.vmid | some v in _volumes}), "storages": concat(", ", sort({v.storage | some v in _volumes}))},
} if {
	count(_volumes) > 0
}
