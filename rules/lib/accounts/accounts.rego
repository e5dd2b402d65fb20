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
# description: path on Debian → {"value"} of users.users.<name>.shell, and {"option"} that makes it a valid shell
shell(path) := object.union({"value": {"_ref": ["pkgs", s.package]}}, _asked(s)) if {
	s := data.catalog.shells[path]
	s.package
}

shell(path) := {"value": s.path} if {
	s := data.catalog.shells[path]
	s.path
}

_asked(s) := {"option": split(s.option, ".")} if {
	s.option
} else := {}

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
