# METADATA
# scope: package
# title: "Logins of the realm {realm} fail: its certificate store is not on NixOS"
# description: |
#  The realm checks the certificate of its directory server against {capath}. On Debian that
#  is a directory of hashed certificates. NixOS keeps no such directory: /etc/ssl/certs holds
#  one bundle there, in which OpenSSL finds nothing by hash, and own authorities below /usr
#  are gone. Nobody of {realm} can log in.
# custom:
#  id: PVE-ACC-003
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: LDAP and Active Directory realms
#  equivalent: security.pki.certificateFiles
#  account: review
#  workaround: |
#   Set the path to the bundle (`pveum realm modify {realm} --capath
#   /etc/ssl/certs/ca-certificates.crt`) and add an authority of your own with
#   security.pki.certificateFiles. Keep root@pam at hand for the first login.
#  test:
#   before: |
#    `ls {capath}/*.0` prints hashed certificates on PVE and an error on the trial system, where a
#    login of a user of {realm} is refused.
#   after: |
#    The same user logs in on the trial system, and `pveum realm sync {realm}
#    --dry-run 1` prints the users.
#  phase: boot
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_ldap
#   - https://search.nixos.org/options?query=security.pki.certificateFiles
package rules.access.directory_certificates

import data.lib.facts

# Without TLS there is no certificate to check; secure is the older way to say ldaps.
_tls(properties) if {
	not properties.mode
	facts.truthy(properties.secure.property.value)
}

_tls(properties) if properties.mode.property.value in {"ldap+starttls", "ldaps"}

findings contains {"at": [properties.capath.at], "vars": {"realm": r.id, "capath": capath}} if {
	some i, r in input.access.realms
	r.type in {"ad", "ldap"}
	properties := facts.section_properties(r, sprintf("/access/realms/%d", [i]))
	facts.truthy(properties.verify.property.value)
	_tls(properties)
	capath := properties.capath.property.value
	not regex.match(`\.(crt|pem|cer)$`, capath)
}
