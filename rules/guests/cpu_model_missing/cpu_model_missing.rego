# METADATA
# scope: package
# title: "VM {vmid} asks for a processor that nobody has described: {model}"
# description: |
#  {vmid} ({name}) has the processor {model}, but
#  /etc/pve/virtual-guest/cpu-models.conf has no such section. PVE refuses to
#  start the VM. Its configuration came from another cluster, or somebody
#  removed the model while the VM ran, and the conversion is the first time in
#  long that it is started.
# custom:
#  id: PVE-VM-023
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: processor models of VMs
#  account: none
#  workaround: |
#   Write the section again (cpu-model: NAME, with reported-model and flags),
#   or choose a model that PVE knows: `qm set {vmid} --cpu x86-64-v2-AES`. A
#   guest whose programs were built for more needs x86-64-v3 or host.
#  test:
#   before: |
#    `qm showcmd {vmid}` on PVE fails and names the custom model.
#   after: |
#    `qm showcmd {vmid}` prints a command line with -cpu.
#  phase: prepare
#  targets: [proxmox, libvirt]
#  sources:
#   - https://pve.proxmox.com/wiki/Manual:_cpu-models.conf
package rules.guests.cpu_model_missing

import data.lib.facts
import data.lib.guard
import data.lib.pve

_models contains m.id if {
	some m in input.mappings
	m.type == "cpu-model"
}

findings contains {"at": [g.config.cpu.at], "vars": {"vmid": vmid, "name": pve.name(vmid), "model": model}} if {
	"mappings" in facts.known
	some vmid, g in pve.vms
	model := facts.field(g.config.cpu.property, "cputype")
	startswith(model, "custom-")
	guard.line(model)
	not trim_prefix(model, "custom-") in _models
}
