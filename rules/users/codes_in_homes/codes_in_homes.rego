# METADATA
# scope: package
# title: Codes are asked for only of those whose home is there
# description: |
#  sshd asks for a one-time code as before, and the rule says nullok: who has no secret in
#  ~/.google_authenticator logs in by the password alone. The homes of {names} stay on the
#  root of Proxmox VE, and the secrets in them. Until they are copied, a stolen password is
#  enough for these accounts.
# custom:
#  id: PVE-USR-023
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: PAM
#  equivalent: security.pam.services.sshd.googleAuthenticator.enable
#  account: none
#  workaround: |
#   Copy the files with their owners before the network is open to others: `rsync -aHAX
#   /mnt/home/ /home/`, with the old root mounted at /mnt. Or set
#   services.openssh.settings.PasswordAuthentication and KbdInteractiveAuthentication to false
#   until then.
#  test:
#   before: |
#    `ls -l /home/*/.google_authenticator` prints the files on PVE.
#   after: |
#    `ls -l /home/*/.google_authenticator` prints the same files and owners on the new system,
#    and a login with a password asks for a code.
#  phase: boot
#  sources:
#   - https://github.com/google/google-authenticator-libpam
package rules.users.codes_in_homes

import data.rules.users.home_directories
import data.rules.users.one_time_codes

findings contains {"at": sort(one_time_codes.kept), "vars": {"names": f.vars.names}} if {
	count(one_time_codes.kept) > 0
	some f in home_directories.findings
}
