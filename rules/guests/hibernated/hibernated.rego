# METADATA
# scope: package
# title: "VM {vmid} is hibernated"
# description: |
#  {vmid} ({name}) is not shut down: its memory lies on the volume {volume},
#  and its disks are as a power cut would leave them. The next start loads this
#  memory. That works only with a QEMU that knows the machine {machine}, the
#  same CPU features from kernel and microcode, and PVE's own format of saved
#  memory. Where one of them differs the VM does not start, and dropping the
#  memory costs what was not written to disk.
# custom:
#  id: PVE-VM-011
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: hibernation of VMs
#  account: review
#  workaround: |
#   Wake it and shut it down on PVE before the conversion: `qm resume {vmid}`,
#   then `qm shutdown {vmid}`.
#  test:
#   before: |
#    `qm config {vmid} --current` on PVE prints `vmstate: {volume}`.
#   after: |
#    `qm config {vmid} --current` prints no vmstate and no lock, and `qm status
#    {vmid}` prints `status: stopped`.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#_hibernation
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.guests.hibernated

import data.lib.facts
import data.lib.guard
import data.lib.pve

findings contains {"at": sort(array.concat([p.at], _locks(g))), "vars": {"vmid": vmid, "name": pve.name(vmid), "volume": p.property.value, "machine": _machine(g)}} if {
	some vmid, g in facts.vms
	p := g.config.vmstate
	guard.line(p.property.value)
}

_locks(g) := [g.config[key].at |
	some key in ["lock"]
	g.config[key].property.value in {"suspended", "suspending"}
]

_machine(g) := g.config.runningmachine.property.value if {
	true
} else := "that it ran on"
