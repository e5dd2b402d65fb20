# METADATA
# scope: package
# title: People of a directory log in to Proxmox VE through PAM
# description: |
#  {users} belong to the realm pam, but no line of /etc/passwd names them: PAM finds them
#  through {sources} in nsswitch.conf. Accounts of the system are taken over one by one,
#  these are not among them. On NixOS PVE's web interface refuses them with "authentication
#  failure" although user.cfg still lists them with all their rights.
#  If they are the administrators, only root@pam is left.
# custom:
#  id: PVE-ACC-005
#  kind: gap
#  category: configuration
#  severity: major
#  component: realm pam
#  equivalent: services.sssd.enable
#  account: none
#  workaround: |
#   Set services.sssd.enable with the text of /etc/sssd/sssd.conf (NixOS adds its PAM module
#   to every service, proxmox-ve-auth included), or make them users of a realm ldap or ad of
#   PVE, which asks the directory itself. Try root@pam on the trial system before you rely on
#   the others.
#  test:
#   before: |
#    `getent passwd USER` prints a line on PVE that `grep ^USER: /etc/passwd` does not print.
#   after: |
#    On the trial system `getent passwd USER` prints the same line, and `pvesh create
#    /access/ticket --username USER@pam --password SECRET` prints a ticket.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_authentication_realms
#   - https://search.nixos.org/options?query=services.sssd
#   - https://github.com/NixOS/nixpkgs/blob/master/nixos/modules/security/pam.nix
package rules.access.directory_users

import data.lib.configfiles
import data.lib.facts

_accounts contains u.name if some u in input.system.users

_left[sprintf("/access/users/%d", [i])] := u.id if {
	some i, u in input.access.users
	u.enabled
	endswith(u.id, "@pam")
	not trim_suffix(u.id, "@pam") in _accounts
}

findings contains {"at": sort(object.keys(_left)), "vars": {
	"users": concat(", ", sort([id | some id in _left])),
	"sources": concat(", ", sort([word | some word in configfiles.directories])),
}} if {
	"system.users" in facts.known
	count(configfiles.directories) > 0
	count(_left) > 0
}
