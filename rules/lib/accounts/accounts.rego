# METADATA
# title: People's accounts
# description: |
#  The users and groups that people made: ids from 1000 on. System accounts
#  of Debian are the catalog's matter, because NixOS makes its own.
package lib.accounts

import data.lib.facts
import data.lib.guard

# Debian gives people ids from 1000 on, and from 60000 on to packages.
_personal(id) if {
	id >= 1000
	id < 60000
	not _of_nix(id)
}

# NixOS gives these to the users that build packages.
_of_nix(id) if {
	id >= 30000
	id <= 30032
}

_uids[u.uid] contains i if some i, u in input.system.users

_gids[g.gid] contains i if some i, g in input.system.groups

_logins[u.name] contains i if some i, u in input.system.users

_names[g.name] contains i if some i, g in input.system.groups

# METADATA
# title: Users whose id is that of a person
candidates contains i if {
	some i, u in input.system.users
	u.uid >= 1000
	u.uid < 60000
}

# METADATA
# title: Users that NixOS can take over as they are
# description: index → user. The id and the name are unique, and every field has a shape that NixOS accepts.
users[i] := u if {
	some i, u in input.system.users
	_personal(u.uid)
	guard.account(u.name)
	not startswith(u.name, "nixbld")
	count(_uids[u.uid]) == 1
	count(_logins[u.name]) == 1
	facts.plain_path(u.home)
	shell(u.shell)
}

# METADATA
# title: Users that need a person's decision
refused contains i if {
	some i in candidates
	not users[i]
}

# METADATA
# title: Groups that NixOS can take over as they are
groups[i] := g if {
	some i, g in input.system.groups
	_personal(g.gid)
	guard.account(g.name)
	not startswith(g.name, "nixbld")
	count(_gids[g.gid]) == 1
	count(_names[g.name]) == 1
}

# METADATA
# title: Names of the users that are taken over
logins contains u.name if some u in users

# METADATA
# title: The group of a user
# description: Its name where NixOS has or gets it, else users.
primary(u) := g.name if {
	some i in _gids[u.gid]
	g := groups[i]
} else := "users"

# METADATA
# title: Login shells
# description: path on Debian → {"value"} of users.users.<name>.shell, and the module of programs that the shell asks for
shell(path) := _shells[path]

_bash := {"value": {"_ref": ["pkgs", "bashInteractive"]}}

_zsh := {"value": {"_ref": ["pkgs", "zsh"]}, "program": "zsh"}

_fish := {"value": {"_ref": ["pkgs", "fish"]}, "program": "fish"}

_none := {"value": "/run/current-system/sw/bin/nologin"}

_shells := {
	"/bin/bash": _bash,
	"/bin/dash": {"value": {"_ref": ["pkgs", "dash"]}},
	"/bin/false": _none,
	"/bin/fish": _fish,
	"/bin/rbash": _bash,
	"/bin/sh": _bash,
	"/bin/zsh": _zsh,
	"/sbin/nologin": _none,
	"/usr/bin/bash": _bash,
	"/usr/bin/dash": {"value": {"_ref": ["pkgs", "dash"]}},
	"/usr/bin/false": _none,
	"/usr/bin/fish": _fish,
	"/usr/bin/sh": _bash,
	"/usr/bin/zsh": _zsh,
	"/usr/sbin/nologin": _none,
}

# METADATA
# title: Groups of Debian that give a right on NixOS under some name
# description: Debian's name → name on NixOS
rights := {
	"adm": "adm",
	"audio": "audio",
	"cdrom": "cdrom",
	"dialout": "dialout",
	"disk": "disk",
	"docker": "docker",
	"input": "input",
	"kvm": "kvm",
	"libvirt": "libvirtd",
	"lp": "lp",
	"render": "render",
	"sudo": "wheel",
	"systemd-journal": "systemd-journal",
	"tape": "tape",
	"users": "users",
	"video": "video",
}
