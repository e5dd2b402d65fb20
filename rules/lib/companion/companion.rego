# METADATA
# title: What runs in the companion
# description: |
#  The clone of PVE's own root that runs in a container of systemd on NixOS: which
#  units of the host run there, what they need of the host, and where the clone
#  goes. A unit runs there only where the catalog gives it to the companion, so
#  that nothing runs twice.
package lib.companion

import data.lib.datastores
import data.lib.disks
import data.lib.facts
import data.lib.guard

# METADATA
# title: The name of the machine
machine := "companion"

# METADATA
# title: Its unit
unit := sprintf("systemd-nspawn@%s", [machine])

# METADATA
# title: Where its root is mounted
root := sprintf("/var/lib/machines/%s", [machine])

# METADATA
# title: Where the host keeps what is laid over it
folder := "companion"

# METADATA
# title: What the owner has decided
declined if data.answers.bridges.companion == "no"

demanded if data.answers.bridges.companion == "yes"

asked if data.answers.bridges.webui == "yes"

# METADATA
# title: The units that run in it
# description: name → {at, entry, kind, prefix}; prefix is the name without instance and type.
units[name] := {"at": facts.units[name].at, "entry": _entry_of(name), "kind": _kind(name), "prefix": _prefix(name)} if {
	some name in _chosen
}

_chosen contains name if {
	some name in facts.in_use
	_form(name)
	_given(_entry_of(name))
	_able(_entry_of(name))
	not data.answers.units[name].drop
}

# A backup server is nothing without its backups, and a second copy of them is worse.
_able(entry) if not "datastores" in object.get(entry, "needs", [])

_able(_) if datastores.paths

# The owner gives units to it that the catalog does not, by name.
_chosen contains name if {
	some name in by_answer
	_form(name)
	count(object.get(refused, name, set())) == 0
}

# METADATA
# title: Units that the owner gives to it
# description: Without the list of those that must not run there, none.
by_answer contains name if {
	count(data.catalog.companion_refused) > 0
	some name, decision in data.answers.units
	decision.companion
	facts.units[name]
}

# METADATA
# title: Units of those that must not run in it
# description: name → why, one or more
refused[name] contains why if {
	some name in by_answer
	some pattern, why in data.catalog.companion_refused
	some one in {name, sprintf("%s.service", [_prefix(name)])}
	glob.match(pattern, null, one)
}

refused[name] contains "only services, sockets, timers and paths can run there" if {
	some name in by_answer
	not _kind(name) in {"service", "socket", "timer", "path"}
}

refused[name] contains "its name has characters that no path of it may have" if {
	some name in by_answer
	_kind(name) in {"service", "socket", "timer", "path"}
	not _form(name)
}

_form(name) if {
	regex.match(`^[A-Za-z0-9][A-Za-z0-9_.:-]{0,100}(@[A-Za-z0-9_.:-]{0,100})?\.[a-z]+$`, name)
	data.catalog.companion_types[_kind(name)]
}

_kind(name) := parts[count(parts) - 1] if parts := split(name, ".")

_prefix(name) := split(trim_suffix(name, concat("", [".", _kind(name)])), "@")[0]

_entry_of(name) := data.catalog.companion_units[name]

_entry_of(name) := data.catalog.companion_units[template] if {
	contains(name, "@")
	template := sprintf("%s@.%s", [_prefix(name), _kind(name)])
	template != name
	not data.catalog.companion_units[name]
} else := {} if {
	name in by_answer
	not data.catalog.companion_units[name]
}

_given(entry) if data.target in entry.runs

_given(entry) if {
	asked
	data.target in entry.asked
}

# METADATA
# title: The packages whose commands are called in it
# description: |
#  name → {at, entry}. Those that the catalog names, those that the owner gives to it, and those
#  that were installed by hand, that NixOS has not, and that a person calls.
packages[name] := {"at": facts.packages[name].at, "entry": object.get(_named, name, {})} if {
	some name in (named | by_hand)
	not _elsewhere(name)
}

# METADATA
# title: Packages that the catalog or the owner names
named contains name if {
	some name, entry in _named
	not entry.asked
	not _idle(entry)
}

# Its commands are of no use without its service.
_idle(entry) if {
	entry.service
	not units[entry.service]
}

named contains name if {
	some name, decision in data.answers.packages
	decision.companion
	facts.packages[name]
}

_named[name] := entry if {
	some name, entry in data.catalog.companion_packages
	facts.packages[name]
}

_named[name] := entry if {
	some beginning, entry in _beginnings
	some name, _ in facts.packages
	startswith(name, beginning)
	not data.catalog.companion_packages[name]
}

_beginnings[beginning] := entry if {
	some name, entry in data.catalog.companion_packages
	endswith(name, "*")
	beginning := trim_suffix(name, "*")
}

# METADATA
# title: Packages that were installed by hand, that NixOS has not, and that a person calls
# description: It costs no memory to keep them, as the companion starts when one is called.
by_hand contains name if {
	some name in _lacking
	not _along(name)
	not refused_package(name)
	not _named[name].asked
	not _named[name].service
}

# METADATA
# title: Packages that are in the clone, too, and for which alone nobody would want one
# description: name → at. Libraries and modules, for scripts that are run there.
along[name] := facts.packages[name].at if {
	some name in _lacking
	_along(name)
	not _elsewhere(name)
	not packages[name]
}

# What nobody asked for by name came along with something that is accounted for.
_lacking contains name if {
	some name, p in facts.packages
	not p.package.auto
	not p.package.pve
	data.catalog.package_gaps[_entry_of_package(name)] == "companion"
	regex.match(`^[a-z0-9][a-z0-9+.-]{0,127}$`, name)
}

_entry_of_package(name) := name if {
	data.catalog.package_gaps[name]
} else := max([[count(pattern), pattern] | some pattern in _package_patterns; glob.match(pattern, null, name)])[1]

_package_patterns contains key if {
	some key, _ in data.catalog.package_gaps
	contains(key, "*")
}

_along(name) if {
	some pattern, _ in data.catalog.companion_leftovers
	glob.match(pattern, null, name)
}

# METADATA
# title: Whether a package is none that is kept without having been asked for
refused_package(name) if {
	some pattern, _ in data.catalog.companion_refused_packages
	glob.match(pattern, null, name)
}

refused_package(name) if {
	some pattern, _ in data.catalog.companion_refused
	glob.match(pattern, null, name)
}

# What the owner has decided otherwise about.
_elsewhere(name) if {
	decision := data.answers.packages[name]
	some word in ["drop", "install"]
	decision[word]
}

_elsewhere(name) if {
	data.answers.packages[name].unfree
	data.catalog.unfree_packages[name]
}

# METADATA
# title: Whether there is anything for it
wanted if {
	not declined
	count(units) + count(packages) > 0
}

wanted if demanded

# METADATA
# title: Whether it starts with the host
# description: One that has nothing but commands starts when one is called.
at_boot if count(units) > 0

at_boot if demanded

# METADATA
# title: The facts that it is wanted for
at := sort({u.at | some u in units} | {p.at | some p in packages}) if {
	count(units) + count(packages) > 0
} else := ["/host"]

# METADATA
# title: What its units need of the host
needs contains need if {
	some u in units
	some need in u.entry.needs
}

needs contains need if {
	some p in packages
	some need in p.entry.needs
}

# METADATA
# title: What may run in it by kind of unit
# description: kind → names without instance. What each companion needs is in it, too, and templates that a socket starts.
allowed[kind] := names if {
	some kind, _ in data.catalog.companion_types
	names := (({u.prefix | some u in units; u.kind == kind} | _base[kind]) | _started[kind]) | _started_by_answer[kind]
}

_base[kind] := {trim_suffix(name, concat("", [".", kind])) |
	some name, _ in data.catalog.companion_base
	endswith(name, concat("", [".", kind]))
} if {
	some kind, _ in data.catalog.companion_types
}

# A socket or timer is nothing without what it starts.
_started[kind] := {split(trim_suffix(name, concat("", [".", kind])), "@")[0] |
	some name, entry in data.catalog.companion_units
	endswith(name, concat("", [".", kind]))
	_given(entry)
	split(trim_suffix(name, concat("", [".", kind])), "@")[0] in _triggers
} if {
	some kind, _ in data.catalog.companion_types
}

# One that the owner gives to it starts the service of its name.
_started_by_answer[kind] := {u.prefix |
	kind == "service"
	some name, u in units
	name in by_answer
} if {
	some kind, _ in data.catalog.companion_types
}

_triggers contains u.prefix if {
	some u in units
	u.kind in {"socket", "timer", "path"}
}

# METADATA
# title: Units that do not start in a container by themselves
forced contains name if {
	some name, u in units
	u.entry.in_container
}

# METADATA
# title: Folders of the host that its units work in
binds contains path if {
	some need in needs
	some path in data.catalog.companion_binds[need].paths
}

binds contains path if {
	some need in needs
	types := data.catalog.companion_binds[need].types
	some id, s in disks.storages
	s.section.type in types
	path := _folder(id, s)
	regex.match(`^(/[A-Za-z0-9_.@-]+)+$`, path)
	not regex.match(`(^|/)\.\.?(/|$)`, path)
	not path in {"/", "/dev", "/proc", "/sys", "/run", "/etc", "/usr", "/var", "/nix", "/boot"}
}

binds contains path if {
	"datastores" in needs
	some path in datastores.paths
}

_folder(_, s) := s.properties.path.property.value

_folder(id, s) := sprintf("/mnt/pve/%s", [id]) if {
	not s.properties.path
	s.section.type in {"nfs", "cifs", "cephfs", "glusterfs"}
}

# METADATA
# title: Devices of the host that it has, and the modules that make them
devices contains node if {
	some need in needs
	some node in data.catalog.companion_devices[need].nodes
}

modules contains name if {
	some need in needs
	some name in data.catalog.companion_devices[need].modules
}

# METADATA
# title: Where the clone of PVE's root goes
# description: As plan.json has it; undefined where the storage of the root makes no cheap copy, or is not known well enough.
clone := {"kind": "zfs", "source": source, "root": sprintf("%s/companion", [parent])} if {
	disks.root.kind == "zfs"
	count(_datasets) == 1
	some source in _datasets
	parts := split(source, "/")
	count(parts) > 1
	parent := concat("/", array.slice(parts, 0, count(parts) - 1))
	regex.match(`^[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9][A-Za-z0-9_.:-]*)+$`, source)
} else := {"kind": "lvm-thin", "source": sprintf("%s/%s", [disks.root.group, volume]), "root": sprintf("/dev/%s/companion", [disks.root.group])} if {
	count(_thin) == 1
	some volume in _thin
} else := {"kind": "btrfs", "source": disks.root.device, "of": of, "root": disks.root.device, "subvolume": "@companion"} if {
	disks.root.kind == "btrfs"
	regex.match(`^/dev/[A-Za-z0-9][A-Za-z0-9_.:+-]*(/[A-Za-z0-9][A-Za-z0-9_.:+-]*)*$`, disks.root.device)
	count(_subvolumes) == 1
	some of in _subvolumes
}

_datasets contains m.source if {
	some m in input.storage.mounts
	m.target == "/"
	m.type == "zfs"
}

_volumes contains v if {
	disks.root.kind == "lvm"
	some g in input.storage.volume_groups
	g.name == disks.root.group
	some v in g.logical_volumes
	_mounted[v.name]
}

# The mapper doubles the dashes of a name; PVE's own have none.
_mounted contains name if {
	some m in input.storage.mounts
	m.target == "/"
	prefix := sprintf("/dev/mapper/%s-", [replace(disks.root.group, "-", "--")])
	startswith(m.source, prefix)
	name := replace(trim_prefix(m.source, prefix), "--", "-")
}

_thin contains v.name if {
	some v in _volumes
	v.kind == "thin"
	guard.volume_group(v.name)
}

_subvolumes contains trim_left(value, "/") if {
	some m in input.storage.mounts
	m.target == "/"
	m.type == "btrfs"
	some option in m.options
	[key, value] := split(option, "=")
	key == "subvol"
	regex.match(`^/([A-Za-z0-9@][A-Za-z0-9_.@-]{0,254}(/[A-Za-z0-9@][A-Za-z0-9_.@-]{0,254})*)?$`, value)
}

# METADATA
# title: What is below the companion where the storage of PVE's root makes no cheap clone
# description: |
#  A volume of LVM that the old root has for itself, and NixOS does not mount: it is mounted for reading, and what the
#  companion writes goes into a folder of NixOS above it.
below := {"device": sprintf("/dev/%s/%s", [disks.root.group, volume])} if {
	not clone
	count(_thick) == 1
	some volume in _thick
}

_thick contains v.name if {
	some v in _volumes
	v.kind in {"linear", "striped", "mirror", "raid1", "raid5", "raid6", "raid10"}
	guard.volume_group(v.name)
}

# METADATA
# title: Where the volume below it is mounted, and what is written above it lies
old := "/var/lib/companion/old"

upper := "/var/lib/companion/upper"

work := "/var/lib/companion/work"

# METADATA
# title: The type of file system that the clone has
type := "zfs" if {
	clone.kind == "zfs"
} else := "btrfs" if {
	clone.kind == "btrfs"
} else := kinds[0] if {
	kinds := [m.type | some m in input.storage.mounts; m.target == "/"]
	kinds[0] in {"ext4", "xfs"}
}

# METADATA
# title: Whether there is a companion
exists if {
	wanted
	clone
	type
}

exists if {
	wanted
	below
	type
}
