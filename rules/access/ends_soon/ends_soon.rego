# METADATA
# scope: package
# title: Access of users or programs ends within weeks
# description: |
#  {names} end on {date} or shortly after. When a backup, a monitoring or a deployment stops
#  with "authentication failure" in the days after a conversion, everybody looks for the
#  fault in NixOS; here it is only the date.
# custom:
#  id: PVE-ACC-018
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: users and tokens
#  account: none
#  workaround: |
#   Set new dates before you convert: `pveum user modify NAME --expire SECONDS`, `pveum user
#   token modify NAME TOKEN --expire SECONDS` (0 is never), or remove what is not needed any
#   more.
#  test:
#   before: |
#    `pveum user list` and `pveum user token list NAME` print the time in the column expire.
#   after: |
#    `pveum user list` and `pveum user token list NAME` print 0 or a time well after the
#    conversion.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_users
package rules.access.ends_soon

import data.lib.clock

# How far ahead a conversion is planned.
_window := (60 * 24) * 3600

_left[sprintf("/access/users/%d", [i])] := u if {
	some i, u in input.access.users
	u.enabled
	_soon(u.expire)
}

_left[sprintf("/access/tokens/%d", [i])] := t if {
	some i, t in input.access.tokens
	_soon(t.expire)
}

_soon(expire) if {
	expire > clock.captured
	expire < clock.captured + _window
}

_date(seconds) := sprintf("%d-%02d-%02d", time.date(seconds * 1000000000))

findings contains {"at": sort(object.keys(_left)), "vars": {
	"names": concat(", ", sort([x.id | some x in _left])),
	"date": _date(min([x.expire | some x in _left])),
}} if {
	count(_left) > 0
}
