# METADATA
# scope: package
# title: Logins by ssh hang on an authority or a directory
# description: |
#  sshd here accepts people by {keys}, that is by certificates with limits of their own or by keys that
#  a program fetches, so that nobody needs a file of keys. The lines name files and programs
#  of Debian and are not taken over. People who came in that way are refused on NixOS; only keys in
#  files and passwords are left.
# custom:
#  id: PVE-USR-013
#  kind: gap
#  category: service
#  severity: major
#  component: sshd_config
#  equivalent: services.openssh.extraConfig, services.openssh.authorizedKeysCommand
#  account: review
#  workaround: |
#   Copy the public key of the authority beside the configuration and name it in
#   services.openssh.extraConfig ("TrustedUserCAKeys ${./ssh-user-ca.pub}"). For keys from
#   sssd set services.sssd.sshAuthorizedKeysIntegration; other programs go into
#   services.openssh.authorizedKeysCommand, but through a file of environment.etc with mode
#   0555, because sshd refuses programs in the Nix store, which a group may write to. Put one
#   plain key into users.users.root.openssh.authorizedKeys.keys for the trial.
#  test:
#   before: |
#    `sshd -T | grep -iE "trustedusercakeys|authorizedkeyscommand|authorizedprincipalsfile"`
#    prints the lines.
#   after: |
#    `sshd -T | grep -iE "trustedusercakeys|authorizedkeyscommand|authorizedprincipalsfile"`
#    prints them with paths of NixOS on the trial system, and a login with a certificate or a
#    key of the directory works.
#  phase: boot
#  sources:
#   - https://man.openbsd.org/sshd_config#TrustedUserCAKeys
#   - https://search.nixos.org/options?query=services.sssd.sshAuthorizedKeysIntegration
#   - https://search.nixos.org/options?query=services.openssh.authorizedKeysCommand
package rules.users.login_authority

import data.lib.sshd
import data.rules.users.ssh_authority

_keywords := {"authorizedkeyscommand", "authorizedprincipalsfile", "trustedusercakeys"}

_set contains key if {
	some key in (_keywords - ssh_authority.kept)
	lower(sshd.value(key)) != "none"
}

_shown contains input.system.sshd[l.index].key if {
	some key in _set
	some l in sshd.by_key[key]
}

_all := sort({at | some key in ((_keywords - ssh_authority.kept) | {"authorizedkeyscommanduser"}); some at in sshd.at(key)})

findings contains {"at": _all, "vars": {"keys": concat(", ", sort(_shown))}} if count(_set) > 0
