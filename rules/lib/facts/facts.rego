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
# description: name → {at, version, auto}. Removed packages whose configuration is left are not in here.
packages[p.name] := object.union(p, {"at": sprintf("/packages/%d", [i])}) if {
	some i
	p := _installed[i]
}

# The native architecture wins where a package is installed for two.
_installed[i] := p if {
	some i, p in input.packages
	p.status == "installed"
	not _foreign[p.name][i]
}

_foreign[name] contains i if {
	some name, indexes in _by_name
	count(indexes) > 1
	some i in indexes
	i != min(indexes)
}

_by_name[p.name] contains i if {
	some i, p in input.packages
	p.status == "installed"
}

# METADATA
# title: Units by name
# description: name → the unit with its pointer in at
units[u.name] := object.union(u, {"at": sprintf("/units/%d", [i])}) if {
	some i, u in input.units
}

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
interfaces[n.name] := object.union(n, {"at": sprintf("/network/interfaces/%d", [i])}) if {
	some i, n in input.network.interfaces
}

# METADATA
# title: Live links by name
links[l.name] := object.union(l, {"at": sprintf("/network/links/%d", [i])}) if {
	some i, l in input.network.links
}

# METADATA
# title: Guests of this node with their configuration by key
# description: vmid → {guest, at, config}; config is key → {property, at}.
guests[g.vmid] := {"guest": g, "at": at, "config": config} if {
	some i, g in input.guests
	g.local
	at := sprintf("/guests/%d", [i])
	config := {p.key: {"property": p, "at": sprintf("%s/config/%d", [at, j])} |
		some j, p in g.config
	}
}

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
storages[s.id] := {"section": s, "at": at, "properties": properties} if {
	some i, s in input.storage.storages
	at := sprintf("/storage/storages/%d", [i])
	properties := section_properties(s, at)
}

# METADATA
# title: Properties of a section by key
section_properties(section, at) := {p.key: {"property": p, "at": sprintf("%s/properties/%d", [at, j])} |
	some j, p in section.properties
}

# METADATA
# title: One part of a property string
# description: Undefined when the part is absent or secret.
field(property, name) := value if {
	some f in property.fields
	f.name == name
	value := f.value
}

# METADATA
# title: Whether PVE reads a text as true
truthy(text) if lower(text) in {"1", "on", "yes", "true"}

# METADATA
# title: Properties by key
# description: list of properties and the pointer of the list → key → {property, at}; of a key that repeats, the first.
by_key(list, at) := {p.key: {"property": p, "at": sprintf("%s/%d", [at, j])} |
	some j, p in list
	not _earlier(list, j, p.key)
}

_earlier(list, j, key) if {
	some k, p in list
	k < j
	p.key == key
}

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
