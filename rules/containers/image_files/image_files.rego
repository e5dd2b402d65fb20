# METADATA
# scope: package
# title: Containers live in image files
# description: |
#  The file systems of {vmids} are raw files on {storages}. PVE mounts them
#  over a loop device at each start and takes the device away again. LXC of
#  NixOS wants a mounted directory. A file that is mounted a second time, by
#  the old way or by another node that sees the same share, is a file system
#  with two writers.
# custom:
#  id: PVE-CT-017
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: directory storages
#  equivalent: fileSystems
#  account: none
#  bridge: container
#  workaround: |
#   Mount the file where the container is to look for its root, with
#   fileSystems."/var/lib/lxc/VMID/rootfs" = { device = "FILE"; fsType =
#   "ext4"; options = [ "loop" "nofail" ]; }. Better, move the volume to ZFS or
#   LVM on PVE first: `pct move-volume VMID rootfs STORAGE`.
#  test:
#   before: |
#    `losetup -a` on PVE prints the files while {vmids} run.
#   after: |
#    `losetup -a` on the trial system prints each file once, and `findmnt` the
#    mount of each.
#  phase: boot
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
