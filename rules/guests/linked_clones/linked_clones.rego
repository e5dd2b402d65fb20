# METADATA
# scope: package
# title: Disks of guests hold only what differs from a template
# description: |
#  {vmids} are linked clones: their disks hold only what differs from the base
#  disks of {bases}. A base on ZFS is the origin of the clone, in a thin pool
#  its parent, in a file its backing file by a path. Whoever copies or sends
#  such a disk alone, or leaves the template out because it never runs, has a
#  disk that cannot be read. A backup and a move by PVE write the disk out in
#  full, which can need many times the room.
# custom:
#  id: PVE-VM-038
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: linked clones
#  account: none
#  workaround: |
#   Keep template and clones on one storage, and carry them together. Where
#   disks have to be moved for the conversion, move those of the clones with
#   `qm disk move VMID DISK STORAGE`, which makes them independent, and the
#   template after them.
#  test:
#   before: |
#    `qm config VMID` on PVE shows a volume base-NUMBER-disk-N/vm-VMID-disk-N.
#   after: |
#    `zfs list`, `lvs` or `qemu-img info --backing-chain FILE` on the trial system shows base
#    and clone (or the clone alone, without base- in its name), and the guest starts.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_templates
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_copy_and_clone
package rules.guests.linked_clones

import data.lib.facts
import data.lib.pve
import data.lib.volumes

_clones contains {"vmid": v.vmid, "base": to_number(found[0][1]), "at": v.at} if {
	some v in volumes.list
	contains(v.volume, "base")
	not pve.template(facts.guests[v.vmid])
	found := regex.find_all_string_submatch_n(`^[^:]+:(?:[0-9]+/)?base(?:vol)?-([1-9][0-9]{2,8})-[^/]+/`, v.volume, 1)
}

findings contains {
	"at": sort([c.at | some c in _clones]),
	"vars": {"vmids": pve.numbers({c.vmid | some c in _clones}), "bases": pve.numbers({c.base | some c in _clones})},
} if {
	count(_clones) > 0
}
