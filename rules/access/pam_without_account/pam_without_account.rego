# METADATA
# scope: package
# title: Users of the realm pam have no account to log in with
# description: |
#  {users} are users of the realm pam, but this host has no such account, or one without a
#  password. PVE keeps rights for them all the same, and nobody notices, because in a cluster
#  they log in on the node that has the account. On NixOS whoever declares users.users.NAME
#  later, for any purpose, gives that person these rights in PVE.
# custom:
#  id: PVE-ACC-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: realm pam
#  equivalent: users.users
#  account: none
#  workaround: |
#   Remove the users who are no more (`pveum user delete NAME@pam`). For the others declare
#   users.users.NAME with hashedPasswordFile on this node, or give them a realm that all
#   nodes share.
#  test:
#   before: |
#    `pveum user list` shows the users and `getent passwd NAME` prints nothing, or `passwd -S
#    NAME` prints L in the second column.
#   after: |
#    `pveum user list` on the new system shows only users for whom `passwd -S NAME` prints P.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_authentication_realms
#   - https://search.nixos.org/options?query=users.users._name_.hashedPasswordFile
package rules.access.pam_without_account

import data.lib.configfiles
import data.lib.facts

_password[u.name] contains u.password if some u in input.system.users

_usable(name) if {
	some password in _password[name]
	password in {"set", "unknown", "none"}
}

# Programs have tokens, which need no account.
_token_owners contains split(t.id, "!")[0] if some t in input.access.tokens

_left[sprintf("/access/users/%d", [i])] := u.id if {
	some i, u in input.access.users
	u.enabled
	endswith(u.id, "@pam")
	not u.id in _token_owners
	not _usable(trim_suffix(u.id, "@pam"))
}

findings contains {"at": sort(object.keys(_left)), "vars": {"users": concat(", ", sort([id | some id in _left]))}} if {
	"system.users" in facts.known
	count(configfiles.directories) == 0
	count(_left) > 0
}
