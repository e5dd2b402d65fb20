# METADATA
# scope: package
# title: "The Ceph images of containers are mapped by their units: {vmids}"
# description: |
#  The volumes of {vmids} are images of Ceph ({storages}). The unit of each
#  container maps them before the start and takes them away after the stop, as
#  PVE does. What PVE's cluster saw to is gone: that only one node runs a
#  container. The unit does not map an image that anybody has open, waits a
#  minute and fails; another node of PVE does not look. Where it starts the same
#  container in between, two hosts write to one file system, and it is lost.
#  The key of each storage is a copy: one that is changed in Ceph is refused.
# custom:
#  id: PVE-CT-016
#  kind: pitfall
#  category: feature
#  severity: major
#  component: RBD storages
#  equivalent: systemd.services.<name>.preStart
#  account: none
#  workaround: |
#   Take the containers away from HA and from the other nodes (`mv` of their
#   configuration out of /etc/pve/nodes) before they start here. After a change
#   of a key copy the new keyring to
#   /var/lib/pve2nix/etc/pve/priv/ceph/STORAGE.keyring with mode 0600.
#  test:
#   before: |
#    `rbd showmapped` on PVE prints the images while {vmids} run.
#   after: |
#    `rbd showmapped` on the trial system prints each image once while its
#    container runs, and `rbd lock list POOL/IMAGE` on another node shows this
#    node as its only holder.
#  phase: boot
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html#ceph_rados_block_devices
#   - https://docs.ceph.com/en/latest/man/8/rbd/
#   - https://docs.ceph.com/en/latest/rbd/rbd-exclusive-locks/
package rules.containers.mapped_images

import data.lib.lxc
import data.lib.pve
import data.lib.rbd

_volumes contains {"vmid": vmid, "at": v.at, "storage": v.image.storage} if {
	some vmid in lxc.ready
	some v in lxc.volumes[vmid]
	v.image
}

_storages := {v.storage | some v in _volumes}

findings contains {
	"at": sort([v.at | some v in _volumes]),
	"vars": {"vmids": pve.numbers({v.vmid | some v in _volumes}), "storages": concat(", ", sort(_storages))},
} if {
	count(_volumes) > 0
}

carries contains c if some c in rbd.carries(_storages)

# rbd calls modprobe by a path of Debian.
settings contains {"at": sort([v.at | some v in _volumes]), "option": ["boot", "kernelModules"], "value": ["rbd"]} if {
	count(_volumes) > 0
}

bridges contains {"at": [v.at], "bridge": "container", "params": {"vmid": v.vmid, "storage": v.storage}} if some v in _volumes
