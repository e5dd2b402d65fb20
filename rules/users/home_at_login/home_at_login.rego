# METADATA
# scope: package
# title: Nothing makes home directories at the first login
# description: |
#  People of the directory ({sources}) get their home directory from pam_mkhomedir at their
#  first login here. NixOS does that only when asked. Without it they log in to / on the new
#  system; ssh keys in ~/.ssh are not found, so that a login with a key is refused and one
#  with a password succeeds, which looks like a fault of sshd.
# custom:
#  id: PVE-USR-015
#  kind: gap
#  category: configuration
#  severity: minor
#  component: PAM
#  equivalent: security.pam.services.sshd.makeHomeDir
#  account: none
#  workaround: |
#   Set security.pam.services.sshd.makeHomeDir and security.pam.services.login.makeHomeDir to
#   true, with security.pam.makeHomeDir.umask as in the rule. Copy the homes that exist from
#   PVE's root first.
#  test:
#   before: |
#    `grep -r pam_mkhomedir /etc/pam.d` prints the rule on PVE.
#   after: |
#    `grep -l pam_mkhomedir /etc/pam.d/sshd` prints the file on the trial system, and a first
#    login ends in a directory of its own.
#  phase: run
#  sources:
#   - https://search.nixos.org/options?query=security.pam.services._name_.makeHomeDir
#   - https://manpages.debian.org/stable/libpam-modules/pam_mkhomedir.8.en.html
package rules.users.home_at_login

import data.lib.configfiles

_rules contains sprintf("/config_files/%d/properties/%d", [i, j]) if {
	some i, f in input.config_files
	startswith(f.path, "/etc/pam.d/")
	some j, p in f.properties
	regex.match(`^-?session \S*pam_(oddjob_)?mkhomedir\.so$`, p.key)
}

findings contains {"at": sort(_rules), "vars": {"sources": concat(", ", sort(configfiles.directories))}} if {
	count(configfiles.directories) > 0
	count(_rules) > 0
}
