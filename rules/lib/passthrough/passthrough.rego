# METADATA
# title: Devices of the host that virtual machines hold
# description: |
#  Names of mappings are resolved to the devices of this node.
package lib.passthrough

import data.lib.facts
import data.lib.pve

# METADATA
# title: What mappings mean on this node
# description: type → id → set of the paths that the mapping has for this node
mappings[m.type][m.id] contains path if {
	some m in input.mappings
	some p in m.properties
	p.key == "map"
	facts.field(p, "node") == input.host.name
	path := facts.field(p, "path")
}

# METADATA
# title: Mappings that this node has
# description: type → set of ids. A USB mapping may name vendor and product alone and has no path then.
mapped[m.type] contains m.id if {
	some m in input.mappings
	some p in m.properties
	p.key == "map"
	facts.field(p, "node") == input.host.name
}

# METADATA
# title: PCI devices of virtual machines
# description: pointer → {vmid, property, addresses}; addresses are domain:bus:slot, with a function where one is named
pci[p.at] := {"vmid": vmid, "property": p.property, "addresses": {_address(a) | some a in _paths(p.property)}} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^hostpci[0-9]+$`, key)
}

_paths(property) := split(facts.field(property, "host"), ";") if {
	true
} else := {path |
	some list in mappings.pci[facts.field(property, "mapping")]
	some path in split(list, ";")
}

_address(text) := lower(text) if {
	regex.match(`^[0-9A-Fa-f]{4}:`, text)
} else := concat("", ["0000:", lower(text)])

# METADATA
# title: Ids that vfio-pci takes before any other driver
# description: vendor:device of the command line and of modprobe.d, in lower case
vfio_ids := {id |
	some list in array.concat(_cmdline, _options)
	some text in split(lower(list), ",")
	id := concat(":", array.slice(split(text, ":"), 0, 2))
}

_cmdline := [p.value |
	some p in input.system.boot.kernel_parameters
	p.key in {"vfio-pci.ids", "vfio_pci.ids"}
]

_options := [regex.replace(found[0], `^ ?ids=`, "") |
	some p in input.system.modprobe
	p.key in {"options vfio-pci", "options vfio_pci"}
	found := regex.find_n(`(^| )ids=[0-9A-Fa-f:,]+`, p.value, 1)
]
