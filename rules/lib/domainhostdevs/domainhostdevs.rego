# METADATA
# title: Devices of the host that domains get
# description: |
#  PCI devices by their address on this host; names of mappings are what they mean
#  here.
package lib.domainhostdevs

import data.lib.domains
import data.lib.facts
import data.lib.passthrough

# METADATA
# title: PCI devices by virtual machine and key
# description: |
#  vmid → key → {at, property, index, express, mdev, functions}; functions are
#  addresses of libvirt. Of a mapping with several devices the first that no other
#  device of the machine has. What names no address is not in here.
pci[vmid][key] := {"at": p.at, "property": p.property, "index": index, "express": _express(p.property), "mdev": _sliced(p.property), "functions": functions} if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^hostpci(0|[1-9][0-9]?)$`, key)
	index := to_number(trim_prefix(key, "hostpci"))
	functions := _functions(_choice(p.property, g, index))
	count(functions) > 0
}

_express(property) if {
	facts.truthy(facts.field(property, "pcie"))
} else := false

_sliced(property) if {
	facts.field(property, "mdev")
} else := false

# Several devices of one mapping are alternatives: machines take them in turn.
_choice(property, g, index) := split(path, ";") if {
	path := facts.field(property, "host")
} else := [paths[before]] if {
	mapping := facts.field(property, "mapping")
	paths := sort({path |
		some list in passthrough.mappings.pci[mapping]
		some path in split(list, ";")
	})
	before := count([key |
		some key, p in g.config
		regex.match(`^hostpci(0|[1-9][0-9]?)$`, key)
		facts.field(p.property, "mapping") == mapping
		to_number(trim_prefix(key, "hostpci")) < index
	])
}

_functions(paths) := [f | some path in paths; some f in _of_path(lower(path))]

_of_path(path) := [_address(found[0][1], found[0][2], found[0][3], found[0][4])] if {
	found := regex.find_all_string_submatch_n(_form, path, 1)
	count(found) == 1
	found[0][4] != ""
} else := known if {
	found := regex.find_all_string_submatch_n(_form, path, 1)
	count(found) == 1
	slot := sprintf("%s%s:%s", [_domain(found[0][1]), found[0][2], found[0][3]])
	known := [_address(found[0][1], found[0][2], found[0][3], n) | some n in sort(_present[slot])]
	count(known) > 0
} else := [_address(found[0][1], found[0][2], found[0][3], "0")] if {
	found := regex.find_all_string_submatch_n(_form, path, 1)
	count(found) == 1
} else := []

_form := `^([0-9a-f]{4}:)?([0-9a-f]{2}):([0-9a-f]{2})(?:\.([0-7]))?$`

_domain("") := "0000:"

_domain(text) := text if text != ""

# A card without a function is all of its functions.
_present[substring(c.address, 0, 10)] contains substring(c.address, 11, 1) if {
	some c in input.hardware.pci
	regex.match(`^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$`, c.address)
}

_address(domain, bus, slot, function) := {"domain": concat("", ["0x", trim_suffix(_domain(domain), ":")]), "bus": concat("", ["0x", bus]), "slot": concat("", ["0x", slot]), "function": concat("", ["0x", function])}

# METADATA
# title: The name of a mediated device that PVE makes for a machine
uuid(vmid, device) := sprintf("%08d-0000-0000-0000-%012d", [device.index, vmid])

# METADATA
# title: Where ROMs of cards lie on the new system
roms := "/var/lib/libvirt/roms/"

# METADATA
# title: The file of a card's ROM
rom(property) := file if {
	file := facts.field(property, "romfile")
	regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$`, file)
}

# METADATA
# title: A device as the configuration names it
label(property) := host if {
	host := facts.field(property, "host")
} else := sprintf("mapping %s", [facts.field(property, "mapping")]) if {
	facts.field(property, "mapping")
} else := property.key
