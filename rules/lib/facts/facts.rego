# METADATA
# title: Indexes over the snapshot
# description: |
#  Looks facts up by key and names them by JSON pointer, so that rules filter
#  first and never scan a list inside a loop. Every list is indexed once for an
#  evaluation.
package lib.facts

# METADATA
# title: Areas whose facts may be read as complete
# description: An area that is not in here is partial or unknown; nothing may be concluded from what it lacks.
known contains a.name if {
	some a in input.capture.areas
	a.status == "known"
}

# METADATA
# title: Installed packages by name
# description: name → {at, package}. Removed packages whose configuration is left are not in here.
packages := _keyed([{p.name: {"package": p, "at": concat("", ["/packages/", format_int(i, 10)])}} |
	some i, p in input.packages
	p.status == "installed"
])

# One object from many with one key each; of a key that repeats, the first. A
# package installed for two architectures stands first with the native one.
_keyed(list) := object.union_n(array.reverse(list))

# METADATA
# title: Units by name
# description: name → {at, unit}
units := _keyed([{u.name: {"unit": u, "at": concat("", ["/units/", format_int(i, 10)])}} |
	some i, u in input.units
])

# METADATA
# title: Units in use
# description: Names of units that run, or that are enabled and would run after a boot.
in_use contains u.name if {
	some u in input.units
	u.active_state in {"active", "activating", "reloading"}
}

in_use contains u.name if {
	some u in input.units
	u.file_state in {"enabled", "enabled-runtime", "linked"}
}

# METADATA
# title: Configured interfaces by name
interfaces := _keyed([{n.name: object.union(n, {"at": concat("", ["/network/interfaces/", format_int(i, 10)])})} |
	some i, n in input.network.interfaces
])

# METADATA
# title: Live links by name
links := _keyed([{l.name: object.union(l, {"at": concat("", ["/network/links/", format_int(i, 10)])})} |
	some i, l in input.network.links
])

# METADATA
# title: Guests of this node with their configuration by key
# description: vmid → {guest, at, config}; config is key → {property, at}.
guests := _keyed([{g.vmid: {"guest": g, "at": at, "config": by_key(g.config, concat("", [at, "/config"]))}} |
	some i, g in input.guests
	g.local
	g.vmid > 0 # PVE's own begin at 100 and have nine digits at most
	g.vmid < 1000000000
	at := concat("", ["/guests/", format_int(i, 10)])
])

# METADATA
# title: Virtual machines of this node
vms[id] := g if {
	some id, g in guests
	g.guest.type == "qemu"
}

# METADATA
# title: Containers of this node
containers[id] := g if {
	some id, g in guests
	g.guest.type == "lxc"
}

# METADATA
# title: PVE storages by id
# description: id → {section, at, properties}; properties is key → {property, at}.
storages := _keyed([{s.id: {"section": s, "at": at, "properties": section_properties(s, at)}} |
	some i, s in input.storage.storages
	at := concat("", ["/storage/storages/", format_int(i, 10)])
])

# METADATA
# title: Properties of a section by key
section_properties(section, at) := by_key(section.properties, concat("", [at, "/properties"]))

# METADATA
# title: One part of a property string
# description: Undefined when the part is absent or secret; of a part that repeats, the first.
field(property, name) := found[0] if {
	found := [f.value | some f in property.fields; f.name == name]
}

# METADATA
# title: Whether PVE reads a text as true
truthy(text) if lower(text) in {"1", "on", "yes", "true"}

# METADATA
# title: Properties by key
# description: list of properties and the pointer of the list → key → {property, at}; of a key that repeats, the first.
by_key(list, at) := _keyed([{p.key: {"property": p, "at": concat("/", [at, format_int(j, 10)])}} |
	some j, p in list
])

# METADATA
# title: Names that the kernel takes for an interface
# description: At most 15 bytes, no blank, slash or colon; facts that do not fit never become options.
interface_name(name) if regex.match(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$`, name)

# METADATA
# title: Absolute paths without dots or control characters
# description: Facts that do not fit never become options or carried paths.
plain_path(path) if {
	regex.match(`^/[A-Za-z0-9_.,:@+=/ -]*$`, path)
	not regex.match(`(^|/)\.\.?(/|$)`, path)
}
