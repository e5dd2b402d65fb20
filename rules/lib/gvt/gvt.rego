# METADATA
# title: Slices of Intel's graphics
# description: |
#  GVT-g cuts the graphics of Intel's processors up to the tenth generation into
#  slices for guests. The kernel has it, and NixOS an option.
package lib.gvt

import data.lib.facts
import data.lib.passthrough
import data.lib.pve

_form := `^(0000:)?([0-9a-f]{2}:[0-9a-f]{2}\.[0-7])$`

# METADATA
# title: Slices by virtual machine
# description: "vmid → key → {at, type, address}"
slices[vmid][key] := {"at": p.at, "type": type, "address": address} if {
	some vmid, g in pve.vms
	some key, p in g.config
	regex.match(`^hostpci[0-9]{1,2}$`, key)
	type := facts.field(p.property, "mdev")
	regex.match(`^i915-GVTg_V[0-9]_[0-9]{1,2}$`, type)
	address := _address(p.property)
	count(_addresses) == 1 # NixOS switches it on for one card
}

_addresses contains address if {
	some g in pve.vms
	some p in g.config
	startswith(facts.field(p.property, "mdev"), "i915-GVTg_")
	address := _address(p.property)
}

_address(property) := _full(facts.field(property, "host")) if {
	true
} else := _full(min(passthrough.mappings.pci[facts.field(property, "mapping")]))

_full(text) := sprintf("0000:%s", [found[0][2]]) if {
	found := regex.find_all_string_submatch_n(_form, lower(text), 1)
	count(found) == 1
}
