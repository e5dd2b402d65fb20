# METADATA
# scope: package
# title: Passwords of Samba's users stay behind
# description: |
#  smbd serves {shares} here, with settings that are not taken over: a domain, files beside
#  smb.conf, programs. Its users and their password hashes are not in smb.conf and not in
#  /etc/shadow, but in /var/lib/samba/private/passdb.tdb, and its identity in secrets.tdb
#  beside it. With the shares alone set up on NixOS every login is refused, and in a domain
#  the host has to join again.
# custom:
#  id: PVE-STO-057
#  kind: gap
#  category: service
#  severity: major
#  component: Samba
#  equivalent: services.samba
#  account: none
#  workaround: |
#   Copy /var/lib/samba/private (passdb.tdb, secrets.tdb) with smbd stopped
#   and mode 0600 to the same place on the new root, and declare each user
#   with the same uid in users.users. Or set the passwords anew with
#   `smbpasswd -a USER`.
#  test:
#   before: |
#    `pdbedit -L` on PVE lists the users.
#   after: |
#    `pdbedit -L` on the trial system lists the same, and `smbclient
#    //localhost/SHARE -U USER` logs in.
#  phase: run
#  sources:
#   - https://www.samba.org/samba/docs/current/man-html/pdbedit.8.html
#   - https://search.nixos.org/options?query=services.samba.settings
package rules.storage.samba_accounts

import data.lib.facts
import data.lib.samba

findings contains {"at": [facts.units["smbd.service"].at], "vars": {"shares": concat(", ", sort(samba.shares))}} if {
	samba.serves
	not samba.standalone
}
