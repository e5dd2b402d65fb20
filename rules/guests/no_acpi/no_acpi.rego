# METADATA
# scope: package
# title: VMs do not hear a request to shut down
# description: |
#  {vmids} have ACPI off and no guest agent. The request to shut down reaches
#  nobody: PVE waits for the time of startup (180 seconds by default) and then
#  switches them off. The reboot into the trial system, and each one back, is a
#  power cut for them.
# custom:
#  id: PVE-VM-040
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: shutdown of VMs
#  account: none
#  workaround: |
#   Shut them down from inside before each reboot of the host, or switch ACPI
#   on (`qm set VMID --acpi 1`, in effect after a stop; Windows needs another
#   HAL for it), or install the guest agent.
#  test:
#   before: |
#    `qm config VMID | grep acpi` on PVE prints acpi: 0, and `qm shutdown VMID`
#    ends with a timeout.
#   after: |
#    `qm shutdown VMID` ends with OK within its time.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_startup_and_shutdown
#   - https://pve.proxmox.com/wiki/Manual:_qm.conf
package rules.guests.no_acpi

import data.lib.facts
import data.lib.pve

_vms[vmid] := p.at if {
	some vmid, g in pve.vms
	p := g.config.acpi
	not facts.truthy(p.property.value)
	not _agent(g)
}

_agent(g) if facts.truthy(facts.field(g.config.agent.property, "enabled"))

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if count(_vms) > 0
