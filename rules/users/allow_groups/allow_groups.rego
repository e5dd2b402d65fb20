# METADATA
# scope: package
# title: Login by ssh is limited to groups that NixOS does not have
# description: |
#  AllowGroups lets in members of {groups}. A group of that name does not
#  exist on NixOS, or has nobody in it (sudo is called wheel there). With
#  the line taken over nobody could log in, so it is left out, and everyone
#  with an account can.
# custom:
#  id: PVE-USR-006
#  kind: pitfall
#  category: service
#  severity: major
#  component: sshd_config
#  equivalent: services.openssh.settings.AllowGroups
#  account: review
#  workaround: |
#   Set services.openssh.settings.AllowGroups to names of NixOS: root, wheel
#   for sudo, and your own groups from users.groups.
#  test:
#   before: |
#    `sshd -T | grep allowgroups` prints the groups on PVE and nothing on the trial system.
#   after: |
#    `sshd -T | grep allowgroups` prints groups of NixOS on the trial system, a member logs in
#    from another machine, and an account outside of the groups is refused.
#  phase: boot
#  sources:
#   - https://man.openbsd.org/sshd_config
#   - https://search.nixos.org/options?query=services.openssh.settings.AllowGroups
package rules.users.allow_groups

import data.lib.accounts
import data.lib.sshd

_wanted := regex.split(`\s+`, trim_space(sshd.value("allowgroups")))

_there contains "root"

_there contains g.name if some g in accounts.groups

findings contains {"at": sshd.at("allowgroups"), "vars": {"groups": concat(", ", missing)}} if {
	missing := sort([g | some g in _wanted; not g in _there])
	count(missing) > 0
}

settings contains {"at": sshd.at("allowgroups"), "option": ["services", "openssh", "settings", "AllowGroups"], "value": _wanted} if {
	every g in _wanted { g in _there }
}
