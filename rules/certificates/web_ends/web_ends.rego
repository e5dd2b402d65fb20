# METADATA
# scope: package
# title: "The certificate of the web interface ends on {date}"
# description: |
#  pveproxy presents a certificate that was put there by hand (issuer {issuer}); the node
#  orders none by ACME. It ends on {date}, {days} days after the capture. Whatever happens to
#  clients on that day is blamed on the conversion, and a program that pushes the next
#  certificate over ssh or the API has to reach the NixOS host first.
# custom:
#  id: PVE-CRT-002
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: certificate of the web interface
#  account: none
#  workaround: |
#   Put the next certificate in before the conversion (`pvenode cert set FULLCHAIN.pem
#   KEY.pem --force --restart`), so that it is part of the cluster database and comes along.
#  test:
#   before: |
#    `openssl x509 -enddate -noout -in /etc/pve/local/pveproxy-ssl.pem` prints a date within
#    three months.
#   after: |
#    `echo | openssl s_client -connect HOST:8006 2>/dev/null | openssl x509 -enddate -noout`
#    from another machine prints a date well after the conversion.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certificate_management
package rules.certificates.web_ends

import data.lib.certificates

# As long as a certificate of Let's Encrypt lives.
_window := 90

findings contains {"at": [certificates.web.at], "vars": {"date": certificates.date(certificate), "days": days, "issuer": certificate.issuer}} if {
	certificate := certificates.web.certificate
	days := certificates.days(certificate)
	days < _window
	count(certificates.orders) == 0
}
