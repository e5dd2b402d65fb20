# METADATA
# scope: package
# title: Users that need a decision
# description: |
#  The users {names} are not taken over: their login shell is not known on
#  NixOS, their id is used twice or by the builders of Nix, or a name or
#  home directory does not have the form that NixOS accepts. They cannot log
#  in, and their files show a number as owner.
# custom:
#  id: PVE-USR-001
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: /etc/passwd
#  equivalent: users.users
#  account: review
#  workaround: |
#   Give the user another shell or id on PVE (`chsh`, `usermod -u`, then
#   `chown` of the files) and capture again, or declare it by hand with
#   users.users.NAME.
#  test:
#   before: |
#    `getent passwd NAME` prints a line on PVE and nothing on the trial system.
#   after: |
#    `getent passwd NAME` prints the same id on the trial system, and `su - NAME -c id` prints it
#    too.
#  phase: prepare
#  sources:
#   - https://search.nixos.org/options?query=users.users
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/config/update-users-groups.pl
package rules.users.accounts_left

import data.lib.accounts

findings contains {"at": at, "vars": {"names": concat(", ", sort([input.system.users[i].name | some i in accounts.refused]))}} if {
	at := sort([sprintf("/system/users/%d", [i]) | some i in accounts.refused])
	count(at) > 0
}
