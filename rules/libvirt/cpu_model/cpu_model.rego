# METADATA
# scope: package
# title: CPU models of domains
# description: |
#  The processor that the guest sees, with PVE's own models resolved to a model of
#  QEMU and its flags. libvirt knows most models under the same name; of a newer
#  version the nearest stands in. Flags that PVE adds by itself are added here.
# custom:
#  targets: [libvirt]
#  sources:
#   - https://libvirt.org/formatdomain.html#cpu-model-and-topology
#   - https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/CPUConfig.pm
package rules.libvirt.cpu_model

import data.lib.cpus
import data.lib.domains

parts contains {"at": cpus.at(g), "document": domains.document(vmid), "path": path, "value": value} if {
	some vmid, g in domains.list
	some [path, value] in _model(g, cpus.model(g))
}

_model(_, "host") := [[["cpu", "mode"], "host-passthrough"], [["cpu", "check"], "none"], [["cpu", "migratable"], true]]

_model(_, "max") := [[["cpu", "mode"], "maximum"], [["cpu", "check"], "none"], [["cpu", "migratable"], true]]

_model(g, name) := [
	[["cpu", "mode"], "custom"],
	[["cpu", "match"], "exact"],
	[["cpu", "check"], _check(g)],
	[["cpu", "model"], {"fallback": "forbid", "value": known.model}],
] if {
	known := data.catalog.libvirt_cpu_models[name]
}

# QEMU of PVE refuses to start where the host lacks a flag; emulated CPUs have all of them.
_check(g) := "none" if {
	domains.emulated(g)
} else := "partial"

parts contains {"at": cpus.at(g), "document": domains.document(vmid), "path": ["cpu", "features", data.catalog.libvirt_cpu_flags[flag], "policy"], "value": policy} if {
	some vmid, g in domains.list
	some flag, policy in cpus.flags(g)
	cpus.model(g)
}

# What flags of Hyper-V ask for are features of the domain.
parts contains {"at": cpus.at(g), "document": domains.document(vmid), "path": ["features", "hyperv", feature, "state"], "value": policy == "require"} if {
	some vmid, g in domains.list
	some flag, feature in {"hv-evmcs": "evmcs", "hv-tlbflush": "tlbflush"}
	policy := cpus.flags(g)[flag]
}

parts contains {"at": cpus.at(g), "document": domains.document(vmid), "path": ["cpu", "maxphysaddr"], "value": value} if {
	some vmid, g in domains.list
	value := _bits(cpus.property(g, "phys-bits"))
}

_bits("host") := {"mode": "passthrough"}

_bits(text) := {"mode": "emulate", "bits": bits} if {
	bits := domains.whole(text)
	bits >= 8
	bits <= 64
}

parts contains {"at": cpus.at(g), "document": domains.document(vmid), "path": ["features", "kvm", "hidden", "state"], "value": true} if {
	some vmid, g in domains.list
	cpus.hidden(g)
}
