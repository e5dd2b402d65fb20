# METADATA
# scope: package
# title: Root may log in over ssh with a password
# description: |
#  PVE sets PermitRootLogin to yes, NixOS would refuse a password for root.
#  The line is taken over so that nobody is locked out, which leaves the
#  host as open to guessing as before; rules of fail2ban and of the PVE
#  firewall that slow it down have to be set up again on NixOS.
# custom:
#  id: PVE-USR-008
#  kind: pitfall
#  category: service
#  severity: minor
#  component: root login over ssh
#  equivalent: services.openssh.settings.PermitRootLogin
#  account: none
#  workaround: |
#   When a login with a key has worked on the new system, set
#   services.openssh.settings.PermitRootLogin to prohibit-password. PVE's
#   cluster tools use keys only.
#  test:
#   before: |
#    `sshd -T | grep permitrootlogin` prints yes.
#   after: |
#    `sshd -T | grep permitrootlogin` prints without-password on the new system, and a login
#    with the key works.
#  phase: run
#  sources:
#   - https://man.openbsd.org/sshd_config
#   - https://search.nixos.org/options?query=services.openssh.settings.PermitRootLogin
package rules.users.password_root_kept

import data.lib.sshd

_passwords_off if lower(sshd.value("passwordauthentication")) == "no"

_keys if {
	some key in input.system.authorized_keys
	key.user == "root"
}

findings contains {"at": sshd.at("permitrootlogin"), "vars": {}} if {
	lower(sshd.value("permitrootlogin")) == "yes"
	not _passwords_off
	_keys
}
