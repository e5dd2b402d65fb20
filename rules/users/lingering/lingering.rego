# METADATA
# scope: package
# title: Services that people run without a session stay on PVE's root
# description: |
#  Services of {names} run here without anybody being logged in (linger). That switch is
#  taken over, so their user managers start with NixOS. What they would start, units below
#  ~/.config/systemd/user, rootless containers and their storage below ~/.local, lies on
#  PVE's root, and unit files name programs below /usr. The managers come up and start
#  nothing.
# custom:
#  id: PVE-USR-020
#  kind: pitfall
#  category: service
#  severity: minor
#  component: loginctl enable-linger
#  equivalent: users.users.<name>.linger
#  account: none
#  workaround: |
#   Copy the home directories from PVE's root before the users' first login, and correct
#   ExecStart lines to /run/current-system/sw/bin, or declare the units with
#   systemd.user.services.
#  test:
#   before: |
#    `loginctl list-users` prints {names} with LINGER yes; `systemctl --user -M NAME@
#    list-units --type=service` prints the services on PVE.
#   after: |
#    `systemctl --user -M NAME@ list-units --type=service` prints the same services as
#    running on the trial system.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=users.users._name_.linger
#   - https://www.freedesktop.org/software/systemd/man/latest/loginctl.html
package rules.users.lingering

import data.lib.accounts

# Root's own manager runs what root's session leaves; it has no units as a rule, and no switch on NixOS.
_names contains name if {
	some name in input.system.login.lingering
	name in accounts.logins
}

findings contains {"at": sort([sprintf("/system/users/%d", [i]) | some i, u in accounts.users; u.name in _names]), "vars": {"names": concat(", ", sort(_names))}} if count(_names) > 0

settings contains {"at": [sprintf("/system/users/%d", [i])], "option": ["users", "users", u.name, "linger"], "value": true} if {
	some i, u in accounts.users
	u.name in _names
}
