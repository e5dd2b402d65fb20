# METADATA
# scope: package
# title: Containers live in image files
# description: |
#  The file systems of {vmids} are raw files on {storages}. As PVE does, the
#  unit of the container mounts them over a loop device at each start. It
#  cannot see whether somebody else has the file open: one that is mounted a
#  second time, by hand or by another node that sees the same share, is a file
#  system with two writers, and lost.
# custom:
#  id: PVE-CT-017
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: directory storages
#  equivalent: systemd.services.<name>.preStart
#  account: none
#  workaround: |
#   Mount such a file only while the container is off, and on one node. Better,
#   move the volume to ZFS or LVM on PVE first: `pct move-volume VMID rootfs
#   STORAGE`.
#  test:
#   before: |
#    `losetup -a` on PVE prints the files while {vmids} run.
#   after: |
#    `losetup -a` on the trial system prints each file once, and `findmnt` the
#    mount of each.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_container_storage
#   - https://man7.org/linux/man-pages/man8/losetup.8.html
package rules.containers.image_files

import data.lib.pve
import data.lib.volumes

_files contains v if {
	some v in volumes.list
	endswith(v.volume, ".raw")
	pve.containers[v.vmid]
}

findings contains {
	"at": sort([v.at | some v in _files]),
	"vars": {"vmids": pve.numbers({v.vmid | some v in _files}), "storages": concat(", ", sort({v.storage | some v in _files}))},
} if {
	count(_files) > 0
}
