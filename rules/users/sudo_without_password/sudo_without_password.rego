# METADATA
# scope: package
# title: Administrators without a password cannot become root
# description: |
#  {names} log in with a key, have no password, and become root by a line with NOPASSWD. They
#  are members of wheel on NixOS, but that line is not taken over, and wheel asks for a
#  password. They get a shell on the trial system and can do nothing there, not even confirm
#  it. Where root may not log in by ssh either (PermitRootLogin is {root} here), nobody can.
# custom:
#  id: PVE-USR-010
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: sudo
#  equivalent: security.sudo.wheelNeedsPassword
#  account: none
#  workaround: |
#   Set security.sudo.wheelNeedsPassword = false, or a rule for each in
#   security.sudo.extraRules with options = [ "NOPASSWD" ], or give them a password on PVE
#   (`passwd NAME`) before you convert.
#  test:
#   before: |
#    `sudo -n true` as such a user prints nothing on PVE.
#   after: |
#    `sudo -n true` as that user prints nothing on the trial system either.
#  phase: boot
#  sources:
#   - https://search.nixos.org/options?query=security.sudo.wheelNeedsPassword
#   - https://search.nixos.org/options?query=security.sudo.extraRules
package rules.users.sudo_without_password

import data.lib.accounts
import data.lib.sshd

# Lines of sudoers that ask for no password: whom they speak of.
_free[p.key] contains sprintf("/config_files/%d/properties/%d", [i, j]) if {
	some i, f in input.config_files
	regex.match(`^/etc/sudoers(\.d/[^/]+)?$`, f.path)
	some j, p in f.properties
	regex.match(`NOPASSWD:\s*ALL\b`, p.value)
}

_sudo contains member if {
	some g in input.system.groups
	g.name == "sudo"
	some member in g.members
}

_rules(u) := _free[u.name]

_rules(u) := _free["%sudo"] if {
	u.name in _sudo
	not _free[u.name]
}

_left[i] := rules if {
	some i, u in accounts.users
	u.password == "locked"
	u.name in _sudo
	rules := _rules(u)
}

_root := sshd.value("permitrootlogin") if {
	sshd.value("permitrootlogin")
} else := "not set"

findings contains {"at": sort({sprintf("/system/users/%d", [i]) | some i, _ in _left} | {at | some rules in _left; some at in rules}), "vars": {
	"names": concat(", ", sort([accounts.users[i].name | some i, _ in _left])),
	"root": _root,
}} if {
	count(_left) > 0
}
