# METADATA
# scope: package
# title: Public keys lie in a directory that is not taken over
# description: |
#  AuthorizedKeysFile sends sshd to {paths}, outside of the home directories. The line is
#  taken over, the files are not: whoever logs in with such a key is refused on the trial
#  system (passwords: {passwords}). sshd of NixOS looks into home directories and
#  /etc/ssh/authorized_keys.d besides, so that keys which have been forgotten in ~/.ssh, and
#  which nobody could use here, open accounts again.
# custom:
#  id: PVE-USR-017
#  kind: pitfall
#  category: service
#  severity: major
#  component: sshd_config
#  equivalent: users.users.<name>.openssh.authorizedKeys.keys
#  account: none
#  workaround: |
#   Put the keys into users.users.NAME.openssh.authorizedKeys.keys, which NixOS writes to
#   /etc/ssh/authorized_keys.d, and set services.openssh.authorizedKeysFiles to [
#   "/etc/ssh/authorized_keys.d/%u" ]; or copy the directory to the same path, owned by root
#   and writable for nobody else. Set services.openssh.authorizedKeysInHomedir to false and
#   remove old keys from home directories.
#  test:
#   before: |
#    `sshd -T | grep authorizedkeysfile` prints the path; `ls` of it on the trial system
#    prints an error.
#   after: |
#    `ssh -o PasswordAuthentication=no root@HOST true` succeeds on the trial system from the
#    machine that you work at.
#  phase: boot
#  sources:
#   - https://man.openbsd.org/sshd_config#AuthorizedKeysFile
#   - https://search.nixos.org/options?query=services.openssh.authorizedKeysFiles
package rules.users.keys_elsewhere

import data.lib.sshd

_files := regex.split(`\s+`, trim_space(sshd.value("authorizedkeysfile")))

_passwords := "off" if {
	lower(sshd.value("passwordauthentication")) == "no"
} else := "on"

# In a home directory, or where NixOS itself writes keys.
_found(path) if not startswith(path, "/")

_found(path) if regex.match(`^(/root/|/home/|/etc/ssh/authorized_keys\.d/)`, path)

findings contains {"at": sshd.at("authorizedkeysfile"), "vars": {"paths": concat(", ", sort(_files)), "passwords": _passwords}} if {
	every path in _files { not _found(path) }
}
