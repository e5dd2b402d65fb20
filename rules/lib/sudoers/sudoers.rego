# METADATA
# title: Rules of sudo
# description: |
#  The lines of sudoers in the order in which sudo reads them, and each that gives a
#  right in the words of security.sudo.extraRules. A line is understood as a whole or not at
#  all. Of an understood one, a program that NixOS does not have is left out and named. What
#  forbids something is never left out: then nothing is taken over.
package lib.sudoers

import data.lib.accounts
import data.lib.lines

# Where somebody changed /etc/sudoers, it says whether the directory is read; Debian's own does.
_included := min([i |
	some i, p in lines.files["/etc/sudoers"].properties
	regex.match(`^[@#]includedir\s+/etc/sudoers\.d/?$`, p.value)
])

_phase("/etc/sudoers", i) := 0 if i < _included

_phase("/etc/sudoers", i) := 2 if i >= _included

_phase("/etc/sudoers", _) := 0 if not _includes

_phase(path, _) := 1 if {
	regex.match(`^/etc/sudoers\.d/[^/]+$`, path)
	_directory_read
}

_directory_read if not lines.files["/etc/sudoers"]

_directory_read if _includes

_includes if _included >= 0

# METADATA
# title: Lines in the order in which sudo reads them
# description: list of {kind, at, value}; kind is rule, defaults, alias or include. Lines that are secrets are not in it.
all := [line |
	some [_, _, _, line] in sort([[_phase(path, i), path, i, {"kind": _kind(p.value), "at": lines.at(path, i), "value": p.value}] |
		some path, f in lines.files
		startswith(path, "/etc/sudoers")
		some i, p in f.properties
	])
]

_kind(text) := "defaults" if {
	startswith(text, "Defaults")
} else := "alias" if {
	regex.match(`^(User|Runas|Host|Cmnd|Cmd)_Alias\s`, text)
} else := "include" if {
	regex.match(`^[@#]include`, text)
} else := "rule"

# METADATA
# title: Lines that NixOS has by itself
# description: root and administrators may do all, with their password.
stock(text) if regex.match(`^(root|%sudo)\s+ALL\s*=\s*\(ALL(\s*:\s*ALL)?\)\s*ALL$`, text)

# Aliases: name → list of members. A line with more than one definition is not understood.
_alias[kind][name] := members if {
	some line in all
	line.kind == "alias"
	some [_, kind, name, text] in regex.find_all_string_submatch_n(`^(User|Cmnd|Cmd)_Alias\s+([A-Z][A-Z0-9_]*)\s*=\s*(.+)$`, line.value, 1)
	not regex.match(`[^\\]:\s*[A-Z][A-Z0-9_]*\s*=`, text)
	count(_defined[name]) == 1
	members := _list(text)
}

_defined[name] contains line.at if {
	some line in all
	line.kind == "alias"
	some [_, name] in regex.find_all_string_submatch_n(`\b([A-Z][A-Z0-9_]*)\s*=`, line.value, -1)
}

# Members of a list; a comma with a backslash before it is none that separates.
_list(text) := [trim_space(replace(part, "\u0001", `\,`)) | some part in split(replace(text, `\,`, "\u0001"), ",")]

# METADATA
# title: Rules in the words of NixOS
# description: |
#  list of {at, value, commands, rule} in order, for each line that is understood; commands are
#  {text, program, path} of what is taken over, missing the programs that are not there.
rules := [object.union(read, {"at": line.at}) |
	not forbidden
	some line in all
	line.kind == "rule"
	not stock(line.value)
	read := understood[line.value]
	count(read.commands) > 0
]

# METADATA
# title: Lines whose programs NixOS does not have
# description: pointer → list of programs
missing[line.at] := read.missing if {
	not forbidden
	some line in all
	line.kind == "rule"
	not stock(line.value)
	read := understood[line.value]
	count(read.missing) > 0
}

# METADATA
# title: Lines that are not taken over
# description: pointers of rules that are not understood, or of all where one of these forbids something
left contains line.at if {
	some line in all
	line.kind == "rule"
	not stock(line.value)
	not understood[line.value]
}

left contains line.at if {
	forbidden
	some line in all
	line.kind == "rule"
	not stock(line.value)
}

# METADATA
# title: Whether a line forbids something that cannot be said
# description: Without it the others would give more than they do here.
forbidden if {
	some line in all
	line.kind == "rule"
	not stock(line.value)
	not understood[line.value]
	regex.match(`!|\b(PASSWD|NOEXEC|NOSETENV)\s*:|\b[A-Z][A-Z0-9_]+\b`, regex.replace(line.value, `\b(ALL|NOPASSWD|SETENV)\b`, ""))
}

# A line that the capture hides may forbid, too.
forbidden if {
	some path, f in lines.files
	startswith(path, "/etc/sudoers")
	some p in f.properties
	p.secret
}

# METADATA
# title: What a line says
# description: text of the line → {who, rule, commands, missing}
understood[line.value] := {
	"who": who,
	"rule": object.union(_subjects(subjects), {"runAs": run_as, "commands": [object.union({"command": c.text}, _options(c.tags)) | some c in found]}),
	"commands": found,
	"missing": [c.path | some c in pieces; not c.text],
} if {
	some line in all
	line.kind == "rule"
	some [_, who, host, given, run, text] in regex.find_all_string_submatch_n(`^([^=\s,]+(?:\s*,\s*[^=\s,]+)*)\s+([A-Za-z0-9_.-]+)\s*=\s*(\(([^()]*)\))?\s*(.+)$`, line.value, 1)
	host in {"ALL", input.host.name}
	run_as := _run_as(given, run)
	names := [name | some word in _list(who); some name in _members("User", word)]
	subjects := [subject | some name in names; subject := _subject(name)]
	count(subjects) == count(names)
	pieces := _pieces(text)
	found := [c | some c in pieces; c.text]
	every c in pieces {
		_leavable(c)
	}
}

_members(kind, word) := object.get(_alias, [kind, word], [word])

# Who: people and groups under the name that they have on NixOS.
_subject(name) := {"users": name} if name == "ALL"

_subject(name) := {"users": object.get(data.catalog.sudo_users, name, name)} if {
	name != "ALL"
	not regex.match(`^[A-Z][A-Z0-9_]*$`, name)
	regex.match(`^[A-Za-z_][A-Za-z0-9_.-]{0,30}$`, name)
}

_subject(text) := {"users": to_number(substring(text, 1, -1))} if regex.match(`^#(0|[1-9][0-9]{0,8})$`, text)

_subject(text) := {"groups": object.get(accounts.rights, name, name)} if {
	regex.match(`^%[A-Za-z_][A-Za-z0-9_.-]{0,30}$`, text)
	name := substring(text, 1, -1)
}

_subject(text) := {"groups": to_number(substring(text, 2, -1))} if regex.match(`^%#(0|[1-9][0-9]{0,8})$`, text)

_subjects(list) := {key: names |
	some key in ["groups", "users"]
	names := [name | some subject in list; name := subject[key]]
	count(names) > 0
}

# As whom: nobody says root.
_run_as("", _) := "root"

_run_as(given, run) := replace(replace(run, " ", ""), "\t", "") if {
	given != ""
	regex.match(`^(ALL|[a-z_][A-Za-z0-9_.-]*)?\s*(:\s*(ALL|[a-z_][A-Za-z0-9_.-]*))?$`, run)
	trim_space(run) != ""
	every name in regex.find_n(`[A-Za-z0-9_.-]+`, run, -1) {
		_runner(name)
	}
}

_runner(name) if name in {"ALL", "root"}

_runner(name) if name in accounts.logins

_runner(name) if {
	some g in accounts.groups
	g.name == name
}

# The commands of a line, aliases in their place, each with the tags that hold for it.
_pieces(text) := [object.union(piece, {"tags": _held(raw, i)}) |
	raw := [piece |
		some part in _list(text)
		some [_, tags, no, rest] in regex.find_all_string_submatch_n(`(?s)^((?:[A-Z_]+\s*:\s*)*)(!?)\s*(.*)$`, part, 1)
		members := _commands(rest)
		some member in members
		piece := object.union(_command(no, member), {"own": regex.find_n(`[A-Z_]+`, tags, -1)})
	]
	some i, piece in raw
]

_commands(word) := _alias.Cmnd[word] if {
	_alias.Cmnd[word]
} else := _alias.Cmd[word] if {
	_alias.Cmd[word]
} else := [word]

# A tag holds until its opposite.
_held(raw, i) := sort([tag |
	some tag in object.union_n(array.concat([{}], [{trim_prefix(t, "NO"): t} |
		some j, piece in raw
		j <= i
		some t in piece.own
	]))
])

_options(tags) := {"options": tags} if {
	count(tags) > 0
} else := {}

_tags := {
	"NOPASSWD", "PASSWD", "NOEXEC", "EXEC", "SETENV", "NOSETENV", "LOG_INPUT", "NOLOG_INPUT",
	"LOG_OUTPUT", "NOLOG_OUTPUT", "MAIL", "NOMAIL", "FOLLOW", "INTERCEPT", "NOINTERCEPT",
}

_command("", "ALL") := {"text": "ALL"}

# A program with its arguments: characters that sudo takes as they are, others with a backslash.
_command(no, text) := _placed(no, parts[1], parts[2]) if {
	parts := regex.find_all_string_submatch_n(`^(/[A-Za-z0-9_.+/*?-]+)((?:\s+(?:""|(?:[A-Za-z0-9_./*?@+%\[\]-]|\\[,:=\\])(?:[A-Za-z0-9_./*?@+%\[\]=-]|\\[,:=\\])*))*)$`, text, 1)[0]
} else := {"broken": true} if {
	[no, text] != ["", "ALL"]
}

_placed(no, path, arguments) := {"text": concat("", [no, place(path), arguments]), "path": path, "program": program} if {
	program := _program(path)
} else := {"path": path, "denies": no == "!"}

_name(path) := regex.replace(path, `^.*/`, "")

_program(path) := program if {
	regex.match(`^/(usr/)?s?bin/[A-Za-z0-9_.+-]+$`, path)
	program := data.catalog.sudo_programs[_name(path)]
	data.target in object.get(program, "on", [data.target])
}

# Known tags; and what NixOS does not have may be left out, but not what is forbidden with it.
_leavable(piece) if {
	not piece.broken
	count({t | some t in piece.own} - _tags) == 0
	_harmless(piece)
}

_harmless(piece) if piece.text

_harmless(piece) if {
	not piece.text
	not piece.denies
	count({"PASSWD", "NOEXEC", "NOSETENV"} & {t | some t in piece.own}) == 0
}

# METADATA
# title: A command with its programs where NixOS has them
# description: Paths of Debian that have a place there are replaced, all else stays as it is.
moved(text) := concat("", [_moved(word) | some word in regex.find_n(`[A-Za-z0-9_.+/-]+|[^A-Za-z0-9_.+/-]+`, text, -1)])

_moved(word) := place(word) if {
	place(word)
} else := word

# METADATA
# title: Where NixOS has a program of Debian
place(path) := object.get(program, "path", concat("", ["/run/current-system/sw/bin/", _name(path)])) if program := _program(path)
