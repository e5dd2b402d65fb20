# METADATA
# scope: package
# title: Matchers lead to targets that are gone or switched off
# description: |
#  The matchers {matchers} name {targets}, which notifications.cfg does not have or has
#  disabled. PVE drops such a message with a line in the log of the daemon. Here it has long
#  been so; after the conversion it looks as if NixOS had lost the messages.
# custom:
#  id: PVE-NTF-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: notifications
#  account: none
#  workaround: |
#   Correct the list of targets (`pvesh set /cluster/notifications/matchers/NAME --target
#   NAME`), or remove the matcher.
#  test:
#   before: |
#    `cat /etc/pve/notifications.cfg` prints the target in a matcher, and no section of that
#    name or one with disable.
#   after: |
#    Each target that a matcher names is printed by `pvesh get
#    /cluster/notifications/targets` without disable.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-notifications.html#notification_matchers
package rules.notifications.target_missing

import data.lib.notices

_left[at] := missing if {
	some at, m in notices.matchers
	missing := m.targets - object.keys(notices.targets)
	count(missing) > 0
}

findings contains {"at": sort(object.keys(_left)), "vars": {
	"matchers": concat(", ", sort({notices.matchers[at].id | some at, _ in _left})),
	"targets": concat(", ", sort({t | some missing in _left; some t in missing})),
}} if {
	count(_left) > 0
}
