# METADATA
# scope: package
# title: Login by ssh is limited to users who are not all on NixOS
# description: |
#  AllowUsers is taken over as it stands and lets in {allowed}. Of these, {missing} do not
#  exist on the new system. Where no other name is left, nobody can log in at all. sshd
#  refuses everybody else, with the right key too, and only its log says why ("not listed in
#  AllowUsers").
# custom:
#  id: PVE-USR-011
#  kind: pitfall
#  category: service
#  severity: major
#  component: sshd_config
#  equivalent: services.openssh.settings.AllowUsers
#  account: none
#  workaround: |
#   Set services.openssh.settings.AllowUsers to names that exist on NixOS, with root or your
#   own account among them, and keep a second session open when you try it.
#  test:
#   before: |
#    `sshd -T | grep allowusers` prints the names; `getent passwd NAME` on the trial system
#    prints nothing for some.
#   after: |
#    A login from another machine works for one of the names on the trial system, and `getent
#    passwd NAME` prints a line for each.
#  phase: boot
#  sources:
#   - https://man.openbsd.org/sshd_config#AllowUsers
#   - https://search.nixos.org/options?query=services.openssh.settings.AllowUsers
package rules.users.allow_users

import data.lib.accounts
import data.lib.sshd

_words := {w | some w in regex.split(`\s+`, trim_space(sshd.value("allowusers")))}

_names := {split(w, "@")[0] | some w in _words; not regex.match(`[*?!]`, split(w, "@")[0])}

_there contains "root"

_there contains name if some name in accounts.logins

findings contains {"at": sshd.at("allowusers"), "vars": {
	"allowed": concat(", ", sort(_words)),
	"missing": concat(", ", sort(missing)),
}} if {
	missing := _names - _there
	count(missing) > 0
}
