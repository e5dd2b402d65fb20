# METADATA
# scope: package
# title: The web interface presents a certificate that nobody trusts
# description: |
#  The certificate of the web interface is from {issuer}, the test authority of Let's
#  Encrypt. The ACME account was made for its staging directory and never changed. Who looks
#  at the trial system sees a warning of the browser and takes it for a fault of the
#  conversion; API clients that check certificates have been told not to.
# custom:
#  id: PVE-CRT-007
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: ACME
#  account: none
#  workaround: |
#   Register an account at the real directory (`pvenode acme account register prod MAIL
#   --directory https://acme-v02.api.letsencrypt.org/directory`), name it with `pvenode
#   config set --acme account=prod`, and order again with `pvenode acme cert order --force
#   1`.
#  test:
#   before: |
#    `openssl x509 -issuer -noout -in /etc/pve/local/pveproxy-ssl.pem` prints an issuer with
#    STAGING.
#   after: |
#    It prints an issuer of Let's Encrypt without that word, and `curl https://HOST:8006`
#    without -k prints the page.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://letsencrypt.org/docs/staging-environment/
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certs_letsencrypt
package rules.certificates.staging

import data.lib.certificates

findings contains {"at": [certificates.web.at], "vars": {"issuer": issuer}} if {
	issuer := certificates.web.certificate.issuer
	regex.match(`\(STAGING\)|Fake LE`, issuer)
}
