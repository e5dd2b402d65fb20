# METADATA
# scope: package
# title: Snapshots hold the memory of VMs
# description: |
#  The snapshots {snapshots} were taken with RAM. A rollback first puts the
#  disks back and then loads this memory, which only the same machine version
#  and the same CPU features accept. A kernel or microcode of NixOS that offers
#  a guest other features makes QEMU refuse; the disks are then at the snapshot
#  and the VM is off. libvirt and Incus cannot read the format at all.
# custom:
#  id: PVE-VM-012
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: snapshots of VMs
#  account: review
#  workaround: |
#   Delete those that nobody needs (`qm delsnapshot VMID NAME`), and take a new
#   snapshot without RAM, with the VM shut down, as the state to go back to.
#  test:
#   before: |
#    `qm listsnapshot VMID` on PVE lists them, and `qm config VMID --snapshot
#    NAME` prints a line vmstate.
#   after: |
#    `qm config VMID --snapshot NAME` prints no vmstate for the snapshot that
#    you rely on.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_snapshots
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.guests.memory_snapshots

import data.lib.facts
import data.lib.guard

_snapshots contains {"vmid": vmid, "name": s.name, "at": sprintf("%s/snapshots/%d/config/%d", [g.at, i, j])} if {
	some vmid, g in facts.vms
	some i, s in g.guest.snapshots
	some j, p in s.config
	p.key == "vmstate"
	guard.line(s.name)
}

findings contains {
	"at": sort([s.at | some s in _snapshots]),
	"vars": {"snapshots": concat(", ", sort({sprintf("%s (%d)", [s.name, s.vmid]) | some s in _snapshots}))},
} if {
	count(_snapshots) > 0
}
