# METADATA
# scope: package
# title: People lose the rights of a group
# description: |
#  The groups {groups} have people among their members and no counterpart on
#  NixOS by that name. What the group allowed (a socket, a directory, a rule
#  of sudo or polkit) is refused there.
# custom:
#  id: PVE-USR-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: /etc/group
#  equivalent: users.users.<name>.extraGroups
#  account: review
#  workaround: |
#   Find out what the group is for (`find / -group NAME`, /etc/sudoers.d).
#   Declare it with users.groups.NAME and the same gid, or give the right
#   with security.sudo.extraRules.
#  test:
#   before: |
#    `id USER` on PVE lists the group.
#   after: |
#    `id USER` lists the group on the trial system, or `sudo -l -U USER` prints the right that
#    takes its place.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=users.users._name_.extraGroups
#   - https://wiki.debian.org/SystemGroups
package rules.users.rights_left

import data.lib.accounts

# Debian's installer puts its first user into these; the catalog says what becomes of each.
_of_installer := {"bluetooth", "dip", "floppy", "lpadmin", "netdev", "plugdev", "scanner"}

_left[i] := g.name if {
	some i, g in input.system.groups
	g.gid < 1000
	not accounts.rights[g.name]
	not g.name in _of_installer
	some login in g.members
	login in accounts.logins
}

findings contains {"at": at, "vars": {"groups": concat(", ", sort([n | some n in _left]))}} if {
	at := sort([sprintf("/system/groups/%d", [i]) | some i, _ in _left])
	count(at) > 0
}
