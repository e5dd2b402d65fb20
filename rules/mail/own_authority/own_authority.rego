# METADATA
# scope: package
# title: Postfix refuses the relay because it does not know the authority
# description: |
#  main.cf demands a verified certificate of the relay (smtp_tls_security_level = {level}),
#  and this host trusts authorities of its own ({authorities}). The level is taken over.
#  Postfix of NixOS checks against a bundle of its own option,
#  services.postfix.tlsTrustedAuthorities, and on 24.11 security.pki does not change that
#  bundle. All mail waits in the queue with "Server certificate not trusted", the report
#  about it included.
# custom:
#  id: PVE-MAIL-001
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: Postfix
#  equivalent: services.postfix.tlsTrustedAuthorities
#  account: none
#  workaround: |
#   Name the authority in security.pki.certificateFiles and set
#   services.postfix.tlsTrustedAuthorities = "/etc/ssl/certs/ca-certificates.crt", which has
#   both.
#  test:
#   before: |
#    `postconf smtp_tls_security_level` prints {level}; `openssl s_client -starttls smtp
#    -connect RELAY:587 -CAfile /etc/ssl/certs/ca-certificates.crt` on the trial system ends
#    in a verify error.
#   after: |
#    The openssl command ends in "Verify return code: 0" on the trial system, and `journalctl
#    -u postfix` prints status=sent for a test mail.
#  phase: run
#  sources:
#   - https://www.postfix.org/TLS_README.html#client_tls_secure
#   - https://search.nixos.org/options?query=services.postfix.tlsTrustedAuthorities
package rules.mail.own_authority

import data.lib.certificates
import data.lib.facts

_last := object.union_n([{p.key: {"value": p.value, "at": sprintf("/system/mail/%d", [i])}} | some i, p in input.system.mail])

findings contains {"at": sort({_last.smtp_tls_security_level.at} | object.keys(certificates.trusted)), "vars": {
	"level": level,
	"authorities": concat(", ", sort([c.subject | some c in certificates.trusted])),
}} if {
	"postfix.service" in facts.in_use
	level := _last.smtp_tls_security_level.value
	level in {"secure", "verify"}
	count(certificates.trusted) > 0
}
