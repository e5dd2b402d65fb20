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
