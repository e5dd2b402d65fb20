# METADATA
# title: CPU models of virtual machines
# description: |
#  What the word cpu of a virtual machine means, with PVE's own models and those of
#  the cluster resolved to a model of QEMU and its flags.
package lib.cpus

import data.lib.domains
import data.lib.facts

# METADATA
# title: The facts that a CPU model comes from
at(g) := sort(array.concat(domains.at(g, ["cpu"]), [p.at | some p in domains.cpu_models[_own(g)]]))

_own(g) := trim_prefix(type(g), "custom-") if startswith(type(g), "custom-")

# METADATA
# title: The word for the model in the configuration
type(g) := facts.field(g.config.cpu.property, "cputype")

# METADATA
# title: The model of QEMU that PVE would take
# description: Undefined where a model of the cluster is not there.
model(g) := "qemu64" if {
	not type(g)
	domains.emulated(g)
} else := "kvm64" if {
	not type(g)
} else := "qemu64" if {
	data.catalog.libvirt_cpu_levels[type(g)]
} else := domains.cpu_models[_own(g)]["reported-model"].property.value if {
	true
} else := "kvm64" if {
	domains.cpu_models[_own(g)]
} else := type(g) if not startswith(type(g), "custom-")

# METADATA
# title: A setting of the CPU
# description: That of the virtual machine, else that of its model.
property(g, name) := facts.field(g.config.cpu.property, name) if {
	true
} else := domains.cpu_models[_own(g)][name].property.value

# METADATA
# title: Whether the guest is not told of KVM
hidden(g) if facts.truthy(property(g, "hidden"))

hidden(g) if {
	not property(g, "hidden")
	domains.graphics_given(g)
}

# METADATA
# title: Flags by PVE's name → require or disable
# description: Those of the virtual machine win over those of its model, these over what PVE adds.
flags(g) := object.union_n([_added(g), _listed(_level(g)), _listed(_model_flags(g)), _listed(_guest_flags(g))])

_level(g) := data.catalog.libvirt_cpu_levels[type(g)] if {
	true
} else := ""

_model_flags(g) := domains.cpu_models[_own(g)].flags.property.value if {
	true
} else := ""

_guest_flags(g) := facts.field(g.config.cpu.property, "flags") if {
	true
} else := ""

_listed(text) := {name: policy |
	some word in split(text, ";")
	regex.match(`^[+-][a-z0-9][a-z0-9._-]*$`, word)
	policy := {"+": "require", "-": "disable"}[substring(word, 0, 1)]
	name := _resolved(substring(word, 1, -1))
}

# PVE's word for the virtualisation of the host's vendor.
_resolved("nested-virt") := "svm" if {
	input.hardware.cpu.vendor == "AuthenticAMD"
} else := "vmx"

_resolved(name) := name if name != "nested-virt"

# QEMU gives qemu64 no svm under KVM, while libvirt would ask the host for it.
_added(g) := {"svm": "disable"} if {
	model(g) == "qemu64"
	not domains.emulated(g)
} else := {"lahf_lm": "require", "sep": "require"} if {
	model(g) == "kvm64"
} else := {"sep": "require"} if {
	model(g) == "kvm32"
} else := {"rdtscp": "disable"} if {
	startswith(model(g), "Opteron")
} else := {"x2apic": "disable"} if {
	domains.value(g, "ostype") == "solaris"
} else := {}

# METADATA
# title: Flags that libvirt has no name for
unknown(g) := {flag |
	some flag, _ in flags(g)
	not data.catalog.libvirt_cpu_flags[flag]
	not flag in {"hv-evmcs", "hv-tlbflush"}
}
