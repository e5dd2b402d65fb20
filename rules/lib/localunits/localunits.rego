# METADATA
# title: Units that people wrote
# description: |
#  Which units of a host can be written anew as they are, what their lines
#  become, and what of them runs programs or scripts that only Debian or this
#  host has.
package lib.localunits

import data.lib.cron
import data.lib.facts

# METADATA
# title: Units of people
# description: index → unit; those that systemd would start. Mounts are facts of their own.
all[i] := u if {
	some i, u in input.units
	regex.match(`^/(etc|usr/local/lib)/systemd/system/[^/]+\.(service|socket|timer|path)$`, u.fragment_path)
	not object.get(u, "file_state", "") in {"alias", "bad", "masked", "masked-runtime"}
	not object.get(u, "load_state", "") in {"masked", "not-found"}
}

# METADATA
# title: Units that are written anew
# description: |
#  index → kind. A unit that NixOS writes itself is left to its module, and a
#  line that could become more than one line is no line.
written[i] := kind if {
	some i, u in all
	regex.match(`^[A-Za-z0-9:_.@\\-]{1,200}$`, u.name)
	endswith(u.fragment_path, concat("", ["/", u.name]))
	not data.catalog.nixos_own_units[u.name]
	count(u.detail.settings) > 0
	every s in u.detail.settings {
		regex.match(`^[A-Za-z][A-Za-z0-9-]*\.[A-Za-z][A-Za-z0-9-]*$`, s.key)
		not regex.match(`[\r\n]|\\$`, object.get(s, "value", ""))
	}
	parts := split(u.name, ".")
	kind := parts[count(parts) - 1]
}

# METADATA
# title: Instances of templates that are written anew
# description: index → unit; the template says what they are, and a link in a target that they are started.
instances[i] := u if {
	some i, u in all
	regex.match(`^[A-Za-z0-9:_.\\-]+@[A-Za-z0-9:_.\\-]+\.(service|socket|timer|path)$`, u.name)
	endswith(u.fragment_path, concat("", ["/", regex.replace(u.name, `@[^@]*\.`, "@.")]))
	some j in _by_file[u.fragment_path]
	written[j]
}

_by_file[u.fragment_path] contains i if some i, u in all

# METADATA
# title: The name of a unit as an option has it
name(i) := trim_suffix(input.units[i].name, concat("", [".", written[i]]))

_of_key[i][s.key] contains n if {
	some i, _ in written
	some n, s in all[i].detail.settings
}

# Dependencies are added up: systemd takes none of them back.
_dependencies := [
	["After", "after"],
	["Before", "before"],
	["BindsTo", "bindsTo"],
	["Conflicts", "conflicts"],
	["OnFailure", "onFailure"],
	["OnSuccess", "onSuccess"],
	["PartOf", "partOf"],
	["Requires", "requires"],
	["Requisite", "requisite"],
	["Upholds", "upholds"],
	["Wants", "wants"],
]

_installed := [["RequiredBy", "requiredBy"], ["UpheldBy", "upheldBy"], ["WantedBy", "wantedBy"]]

_named := {"Description", "Documentation"} | {key | some [key, _] in _dependencies}

# METADATA
# title: Keys with a line that is not in the snapshot
# description: index → keys; all lines of such a key are taken from the copy of the unit.
secret[i] contains s.key if {
	some i, _ in written
	some s in all[i].detail.settings
	s.secret
}

_hidden(i, key) if key in secret[i]

# METADATA
# title: Lines of a unit as they count
# description: index → key → values. What stands before an empty line is taken back by it.
values[i][key] := list if {
	some i, keys in _of_key
	some key, numbers in keys
	not _hidden(i, key)
	lines := [all[i].detail.settings[n].value | some n in sort(numbers)]
	empty := [n | some n, value in lines; value == ""]
	start := max(array.concat([-1], empty)) + 1
	list := array.slice(lines, start, count(lines))
	count(list) > 0
}

# Of a template its instances are switched on, not itself.
_enabled(i) if {
	object.get(all[i], "file_state", "") in {"enabled", "enabled-runtime"}
	not contains(all[i].name, "@.")
}

# METADATA
# title: Units that a unit names
# description: index → option → names as NixOS has them. Requirements on units that are nowhere on the target are dropped.
dependencies[i][option] contains there if {
	some i, keys in values
	some [key, option] in _dependencies
	some line in keys[concat(".", ["Unit", key])]
	some word in split(line, " ")
	some there in _there(word, key)
}

dependencies[i][option] contains there if {
	some i, keys in values
	_enabled(i)
	some [key, option] in _installed
	some line in keys[concat(".", ["Install", key])]
	some word in split(line, " ")
	some there in _there(word, key)
}

# What waits for the network to be up has it started: on PVE its own services do that, and NixOS warns of an order without it.
dependencies[i].wants contains "network-online.target" if {
	some i, keys in values
	some line in keys["Unit.After"]
	"network-online.target" in split(line, " ")
}

# METADATA
# title: Other names of a unit
aliases[i] contains word if {
	some i, keys in values
	_enabled(i)
	some line in keys["Install.Alias"]
	some word in split(line, " ")
	_unit(word)
}

_unit(word) if regex.match(`^[A-Za-z0-9@%:_.\\-]+\.(service|socket|device|mount|automount|swap|target|path|timer|scope|slice)$`, word)

_there(word, _) := {renamed(word)} if {
	_unit(word)
	renamed(word)
}

_there(word, key) := {word} if {
	_unit(word)
	nowhere(word)
	not key in {"BindsTo", "PartOf", "Requires", "Requisite"}
}

# METADATA
# title: The name of a unit on NixOS
# description: Undefined for one that the target does not have.
renamed(word) := new if {
	new := _counterpart(data.catalog.nixos_units[word])
} else := data.catalog.debian_units[word] if {
	data.catalog.debian_units[word] != "none"
} else := word if {
	not data.catalog.debian_units[word]
	not data.catalog.nixos_units[word]
}

_counterpart(entry) := entry.on[data.target][0] if {
	true
} else := entry.units[0] if {
	object.get(entry, "of", "") in {"", data.target}
} else := entry.units[0] if {
	entry.of == "proxmox-nixos"
	data.target == "proxmox"
}

# METADATA
# title: Units of Debian and PVE that the target has under no name
nowhere(word) if not renamed(word)

_programs := {
	"ExecCondition", "ExecReload", "ExecStart", "ExecStartPost", "ExecStartPre", "ExecStop", "ExecStopPost", "ExecStopPre",
}

# METADATA
# title: Options of a unit by path
# description: index → list of [path, value]; commands name the packages of their programs.
options[i] := array.concat(
	array.concat(
		[[[option], sort(names)] | some option, names in dependencies[i]],
		[[["aliases"], sort(aliases[i])] | count(aliases[i]) > 0],
	),
	[[path, value] |
		some key, list in values[i]
		[section, name] := split(key, ".")
		path := _path(section, name)
		value := _value(name, list)
	],
) if some i, _ in written

_path("Unit", "Description") := ["description"]

_path("Unit", "Documentation") := ["documentation"]

_path("Unit", name) := ["unitConfig", name] if not name in _named

_path("Service", name) := ["serviceConfig", name]

_path("Socket", name) := ["socketConfig", name]

_path("Timer", name) := ["timerConfig", name]

_path("Path", name) := ["pathConfig", name]

_value("Description", list) := list[count(list) - 1]

_value("Documentation", list) := [word | some line in list; some word in split(line, " "); word != ""]

_value(name, list) := [command(line) | some line in list] if {
	name in _programs
	count(list) > 1
}

_value(name, list) := command(list[0]) if {
	name in _programs
	count(list) == 1
}

_value(name, list) := _scalar(name, list) if {
	not name in _programs
	not name in {"Description", "Documentation"}
}

_scalar("Unit", list) := _known(list[count(list) - 1])

_known(word) := renamed(word) if {
	true
} else := word

_scalar(name, list) := list if {
	name != "Unit"
	count(list) > 1
}

_scalar(name, list) := list[0] if {
	name != "Unit"
	count(list) == 1
}

# METADATA
# title: A command with its program from a package
# description: A command whose program no package is known for stays as it is.
command(line) := {"_concat": array.concat([part | some part in [words[1]]; part != ""], [{"_ref": ref}, concat("", ["/bin/", words[2], words[3]])])} if {
	[words] := regex.find_all_string_submatch_n(`^([@:+!|-]*)(?:/(?:usr/)?s?bin/)?([A-Za-z0-9_.\[-]+)((?:[ \t].*)?)$`, line, 1)
	ref := data.catalog.programs[words[2]]
} else := line

# METADATA
# title: Whether a program is a file of the host
own(program) if {
	regex.match(`^/(etc|home|opt|root|srv|usr/local|var)/`, program)
	facts.plain_path(program)
}

_debian(program) if regex.match(`^(/(usr/)?s?bin/)?[^/]+$`, program)

_base(program) := parts[count(parts) - 1] if parts := split(program, "/")

# METADATA
# title: Programs that nothing provides
# description: Neither a package nor the host itself; tools of PVE are there where PVE is.
unprovided(program) if {
	_debian(program)
	not data.catalog.programs[_base(program)]
	not _tool(program)
}

unprovided(program) if {
	not _debian(program)
	not own(program)
}

unprovided(program) if {
	_tool(program)
	data.target != "proxmox"
}

_tool(program) if {
	_debian(program)
	_base(program) in cron.tools
}

# METADATA
# title: Files of the host that units run or read
# description: path → indexes
files[path] contains i if {
	some i, u in all
	_written_or_instance(i)
	some c in u.detail.commands
	own(c.program)
	path := c.program
}

files[path] contains i if {
	some i, u in all
	_written_or_instance(i)
	some c in u.detail.commands
	some word in object.get(c, "arguments", [])
	some path in regex.find_n(`/(etc|home|opt|root|srv|usr/local|var)/[A-Za-z0-9_.,+/-]+`, word, -1)
	path in _scripts
	facts.plain_path(path)
}

_scripts contains f.path if {
	some f in input.local_files
	f.kind in {"file", "script"}
}

_written_or_instance(i) if written[i]

_written_or_instance(i) if instances[i]

# METADATA
# title: Files of variables that units read
# description: path → indexes
environment[path] contains i if {
	some i, keys in values
	some line in keys["Service.EnvironmentFile"]
	path := trim_prefix(trim(line, `"`), "-")
	own(path)
	not regex.match(`[*?\[%]`, path)
}

_interpreters := {"bash", "env", "perl", "php", "python3", "sh"}

# METADATA
# title: Units that need the paths of Debian
# description: Their commands are scripts, or name programs where Debian has them.
by_path contains i if {
	some i, _ in written
	some c in all[i].detail.commands
	_by_path(c)
}

by_path contains i if {
	some i, keys in secret
	some key in keys
	startswith(key, "Service.Exec")
}

_by_path(c) if own(c.program)

_by_path(c) if _base(c.program) in _interpreters

_by_path(c) if unprovided(c.program)

_by_path(c) if _tool(c.program)

_by_path(c) if {
	some word in object.get(c, "arguments", [])
	regex.match(`(^|[^A-Za-z0-9_/.-])/(usr/)?s?bin/`, word)
}
