# METADATA
# scope: package
# title: "The processor of VM {vmid} is not quite the same"
# description: |
#  PVE gives {vmid} the model {model}. libvirt of NixOS 24.11 has no such model,
#  or no name for flags of it ({flags}). The domain gets {instead}, so that some
#  instructions can be missing or new. Programs that were built for the old
#  processor stop with an illegal instruction, and licences that count it can
#  fail.
# custom:
#  id: PVE-LV-003
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: CPU model of a VM
#  account: review
#  workaround: |
#   Where the guest needs the very model, choose one that libvirt has (`virsh
#   cpu-models x86_64`) on PVE with `qm set {vmid} --cpu MODEL`, or host if the
#   guest does not move between hosts.
#  test:
#   before: |
#    `qm config {vmid} | grep cpu` on PVE prints the model; `lscpu` inside shows
#    its flags.
#   after: |
#    `lscpu` inside of the guest on the trial system shows the flags that its
#    programs need.
#  phase: run
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#cpu-model-and-topology
#   - https://www.qemu.org/docs/master/system/i386/cpu.html
package rules.libvirt.cpu_differs

import data.lib.cpus
import data.lib.domains

findings contains {"at": cpus.at(g), "vars": {"vmid": vmid, "model": _model(g), "instead": _instead(g), "flags": concat(", ", sort(cpus.unknown(g)))}} if {
	some vmid, g in domains.list
	_differs(g)
}

_differs(g) if count(cpus.unknown(g)) > 0

_differs(g) if not _same(g)

_same(g) if cpus.model(g) in {"host", "max"}

_same(g) if data.catalog.libvirt_cpu_models[cpus.model(g)].exact

_model(g) := cpus.model(g) if {
	true
} else := cpus.type(g)

_instead(g) := cpus.model(g) if {
	_same(g)
} else := data.catalog.libvirt_cpu_models[cpus.model(g)].model if {
	true
} else := "the model that libvirt chooses"
