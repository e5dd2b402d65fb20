# METADATA
# scope: package
# title: Callers of sudo that name a program with its directory are refused
# description: |
#  {users} may run {programs} by sudo. The rules name these programs where NixOS has them
#  (/run/current-system/sw/bin). sudo compares paths: a script, a check or the other end of a
#  replication that calls `sudo /usr/sbin/NAME` stops with `command not found` or asks for a
#  password, one that calls `sudo NAME` goes on.
# custom:
#  id: PVE-USR-022
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: sudo
#  equivalent: security.sudo.extraRules
#  account: none
#  workaround: |
#   Let callers name the program without its directory, also on machines that log in here
#   by ssh. Where that cannot be changed, add a link (`systemd.tmpfiles.rules = [ "L+
#   /usr/sbin/zfs - - - - /run/current-system/sw/bin/zfs" ]`) and a rule for that path.
#  test:
#   before: |
#    `sudo -l -U USER` on PVE lists the programs below /usr.
#   after: |
#    `sudo -l -U USER` on the trial system lists the same below /run/current-system/sw/bin,
#    and each job that uses them ends without an error once.
#  phase: run
#  sources:
#   - https://www.sudo.ws/docs/man/sudoers.man/
#   - https://search.nixos.org/options?query=security.sudo.extraRules
package rules.users.sudo_callers

import data.lib.sudoers

_called := [r |
	some r in sudoers.rules
	some c in r.commands
	c.path
]

findings contains {"at": sort({r.at | some r in _called}), "vars": {
	"users": concat(", ", sort({r.who | some r in _called})),
	"programs": concat(", ", array.slice(sort({c.path | some r in _called; some c in r.commands}), 0, 12)),
}} if {
	count(_called) > 0
}
