# METADATA
# scope: package
# title: Snapshots are chains of volumes that proxmox-nixos has early code for
# description: |
#  {vmids} have snapshots on {storages}, where each snapshot is a volume of its
#  own that the next one refers to. This is a preview of PVE 9. proxmox-nixos
#  has pve-storage 9.1.0 and qemu-server 9.1.3, before later repairs: deleting
#  the first snapshot of a disk that was resized since fails, renaming one that
#  is not active fails, and volumes of the same name in another volume group
#  are switched on or off along with it. A chain that is cut in the middle
#  cannot be read.
# custom:
#  id: PVE-VM-039
#  kind: pitfall
#  category: feature
#  severity: major
#  component: snapshots as volume chains
#  account: none
#  workaround: |
#   Delete these snapshots on PVE, which merges the chains (`qm delsnapshot
#   VMID NAME`), and make a backup. Take no new ones on {storages} until
#   proxmox-nixos has pve-storage 9.1.6 or newer.
#  test:
#   before: |
#    `qm listsnapshot VMID` on PVE lists snapshots, and `qemu-img info
#    --backing-chain $(pvesm path VOLUME)` more than one file.
#   after: |
#    `qemu-img info --backing-chain $(pvesm path VOLUME)` prints one file,
#    without a backing file, for each disk of {vmids}.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvesm.html
#   - https://git.proxmox.com/?p=pve-storage.git;a=blob;f=debian/changelog
#   - https://bugzilla.proxmox.com/show_bug.cgi?id=7094
#   - https://bugzilla.proxmox.com/show_bug.cgi?id=7143
#   - https://bugzilla.proxmox.com/show_bug.cgi?id=7280
package rules.guests.volume_chains

import data.lib.disks
import data.lib.facts
import data.lib.pve
import data.lib.volumes

_storages contains id if {
	some id, s in disks.storages
	facts.truthy(s.properties["snapshot-as-volume-chain"].property.value)
}

_chains contains {"vmid": v.vmid, "storage": v.storage, "at": v.at} if {
	count(_storages) > 0
	some v in volumes.list
	v.storage in _storages
	count(facts.vms[v.vmid].guest.snapshots) > 0
}

findings contains {
	"at": sort([c.at | some c in _chains]),
	"vars": {"vmids": pve.numbers({c.vmid | some c in _chains}), "storages": concat(", ", sort({c.storage | some c in _chains}))},
} if {
	count(_chains) > 0
}
