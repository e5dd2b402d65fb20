# METADATA
# scope: package
# title: Rules of sudo that NixOS cannot be told
# description: |
#  {count} lines of sudoers are not taken over: {lines}. They name what
#  security.sudo.extraRules has no word for (sudoedit, digests, hosts, patterns of
#  programs), users that are not there, or forbid programs that have no place on NixOS. Where
#  one of them forbids something, none of the rules is taken over, because the others would
#  give more than they do here.
# custom:
#  id: PVE-USR-021
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: sudo
#  equivalent: security.sudo.extraConfig
#  account: review
#  workaround: |
#   Write them into security.sudo.extraConfig, which is checked when the system is built, with
#   programs below /run/current-system/sw/bin. Files below /etc are written by the
#   configuration: give the right to change the flake instead of one to edit a file.
#  test:
#   before: |
#    `sudo -l -U USER` on PVE lists what the user may do.
#   after: |
#    `sudo -l -U USER` on the trial system lists the same, and nothing more.
#  phase: run
#  sources:
#   - https://www.sudo.ws/docs/man/sudoers.man/
#   - https://search.nixos.org/options?query=security.sudo.extraConfig
package rules.users.sudo_left

import data.lib.sudoers

_values := {line.at: line.value | some line in sudoers.all}

findings contains {"at": sort([at | some at in sudoers.left]), "vars": {
	"count": count(sudoers.left),
	"lines": concat("; ", array.slice(sort({_values[at] | some at in sudoers.left}), 0, 6)),
}} if {
	count(sudoers.left) > 0
}
