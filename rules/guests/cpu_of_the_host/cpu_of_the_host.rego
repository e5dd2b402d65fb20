# METADATA
# scope: package
# title: VMs with the processor of the host cannot move between the two systems
# description: |
#  {vmids} have the processor host or max: they see whatever kernel, microcode
#  and QEMU of this node offer. The other nodes stay on Debian with another of
#  each. A live migration between them, which QEMU does not check for such VMs,
#  gives a running guest other features than it has found at its boot; it
#  crashes or hangs, at once or later.
# custom:
#  id: PVE-VM-024
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: live migration
#  account: none
#  workaround: |
#   While the cluster is a mix, migrate these VMs switched off, or give them a
#   model that all nodes have (`qm set VMID --cpu x86-64-v3`, in effect after a
#   stop).
#  test:
#   before: |
#    `qm config VMID | grep cpu` on PVE prints host or max, and `grep flags -m1
#    /proc/cpuinfo` prints different lines on the nodes.
#   after: |
#    The VM runs with a named model, and `qm migrate VMID NODE --online` to a
#    node with Debian and back leaves it running.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-qm.html#qm_cpu
#   - https://www.qemu.org/docs/master/system/i386/cpu.html
package rules.guests.cpu_of_the_host

import data.lib.facts
import data.lib.pve

_vms[vmid] := p.at if {
	some vmid, g in pve.vms
	p := g.config.cpu
	facts.field(p.property, "cputype") in {"host", "max"}
}

findings contains {"at": sort([at | some at in _vms]), "vars": {"vmids": pve.numbers(object.keys(_vms))}} if {
	pve.clustered
	count(_vms) > 0
}
