# METADATA
# scope: package
# title: Users belong to a realm that does not exist
# description: |
#  {users} belong to the realm {realms}, which domains.cfg does not have. They cannot log in,
#  but user.cfg keeps their rights and group memberships. A realm made later under the same
#  name, as people do who rebuild logins after a conversion, gives these rights to whoever
#  has the same login there.
# custom:
#  id: PVE-ACC-013
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: users of the API
#  account: none
#  workaround: |
#   Delete the users (`pveum user delete NAME@REALM`), or restore the realm under its old
#   name if it was removed by mistake.
#  test:
#   before: |
#    `pveum user list` prints users of a realm that `pveum realm list` does not print.
#   after: |
#    Every realm behind an @ in `pveum user list` is printed by `pveum realm list` on the new
#    system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_authentication_realms
package rules.access.realm_gone

import data.lib.facts

_realms contains r.id if some r in input.access.realms

_realm(id) := parts[count(parts) - 1] if parts := split(id, "@")

_left[sprintf("/access/users/%d", [i])] := u.id if {
	some i, u in input.access.users
	not _realm(u.id) in _realms
}

findings contains {"at": sort(object.keys(_left)), "vars": {
	"users": concat(", ", sort([id | some id in _left])),
	"realms": concat(", ", sort({_realm(id) | some id in _left})),
}} if {
	"access" in facts.known
	count(_realms) > 0
	count(_left) > 0
}
