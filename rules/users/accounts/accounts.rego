# METADATA
# scope: package
# title: People's accounts and groups
# description: |
#  Takes over users and groups with ids from 1000 on with the same numbers,
#  so that files keep their owners. Passwords stay where they are: the
#  shadow file is copied, and NixOS keeps the hashes of users that it knows.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=users.users
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/config/update-users-groups.pl
package rules.users.accounts

import data.lib.accounts

settings contains {"at": [], "option": ["users", "mutableUsers"], "value": true}

settings contains {"at": [sprintf("/system/users/%d", [i])], "option": ["users", "users", u.name, name], "value": value} if {
	some i, u in accounts.users
	some name, value in {
		"isNormalUser": true,
		"uid": u.uid,
		"group": accounts.primary(u),
		"home": u.home,
		"shell": accounts.shell(u.shell).value,
	}
}

settings contains {"at": [sprintf("/system/users/%d", [i])], "option": ["users", "users", u.name, "description"], "value": full} if {
	some i, u in accounts.users
	full := trim_space(split(u.gecos, ",")[0])
	full != ""
	regex.match(`^[^\x00-\x1f\x7f:]+$`, full)
}

settings contains {"at": [sprintf("/system/users/%d", [i])], "option": accounts.shell(u.shell).option, "value": true} if {
	some i, u in accounts.users
}

settings contains {"at": [sprintf("/system/groups/%d", [i])], "option": ["users", "groups", g.name, name], "value": value} if {
	some i, g in accounts.groups
	some name, value in {"gid": g.gid, "members": sort({m | some m in g.members; m in accounts.logins})}
}

# NixOS would give the directory to the user alone, mode 0700, at every start.
settings contains {"at": [sprintf("/system/users/%d", [i])], "option": ["users", "users", u.name, "createHome"], "value": false} if {
	some i, u in accounts.users
	_shared(u.home)
}

_shared(home) if not startswith(home, "/home/")

_shared(home) if {
	some place in _mounted
	startswith(concat("", [home, "/"]), concat("", [place, "/"]))
}

_mounted contains m.target if {
	some m in input.storage.mounts
	m.target != "/"
}

_mounted contains f.file if {
	some f in input.storage.fstab
	f.file != "/"
}

# A right on NixOS has the name that NixOS gives it.
settings contains {"at": [sprintf("/system/groups/%d", [i])], "option": ["users", "users", login, "extraGroups"], "value": [accounts.rights[g.name]]} if {
	some i, g in input.system.groups
	g.gid < 1000
	accounts.rights[g.name]
	some login in g.members
	login in accounts.logins
}

_with_password contains sprintf("/system/users/%d", [i]) if {
	some i, _ in accounts.users
	input.system.users[i].password == "set"
}

_with_password contains sprintf("/system/users/%d", [i]) if {
	some i, u in input.system.users
	u.uid == 0
	u.name == "root"
	u.password == "set"
}

# Hashes of users that NixOS does not know are dropped at its first start.
carries contains {"at": sort([at | some at in _with_password]), "path": "/etc/shadow", "to": "/etc/shadow", "mode": "0640", "secret": true} if {
	count(_with_password) > 0
}
