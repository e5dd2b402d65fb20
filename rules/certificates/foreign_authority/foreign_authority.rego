# METADATA
# scope: package
# title: The node's certificate is not from the cluster's authority
# description: |
#  pve-ssl.pem was issued by {issuer}; the cluster's authority is {authority}. Either the
#  node joined with an old certificate, or somebody replaced pve-ssl.pem instead of adding
#  pveproxy-ssl.pem. PVE refuses to renew such a certificate, and SPICE viewers, which are
#  given the authority to check against, do not connect. On NixOS the first `pvecm
#  updatecerts --force` replaces it without asking.
# custom:
#  id: PVE-CRT-005
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: certificates of the cluster
#  account: none
#  workaround: |
#   Put a certificate of your own where PVE expects it (`pvenode cert set FULLCHAIN.pem
#   KEY.pem`), and let the cluster sign its own again with `pvecm updatecerts --force`.
#  test:
#   before: |
#    `openssl verify -CAfile /etc/pve/pve-root-ca.pem /etc/pve/local/pve-ssl.pem` prints an
#    error.
#   after: |
#    `openssl verify -CAfile /etc/pve/pve-root-ca.pem /etc/pve/local/pve-ssl.pem` prints OK
#    on PVE and on the trial system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Certificate_Management
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=bin/pveupdate
package rules.certificates.foreign_authority

import data.lib.certificates

findings contains {"at": sort([certificates.authority.at, certificates.node.at]), "vars": {"issuer": issuer, "authority": subject}} if {
	issuer := certificates.node.certificate.issuer
	subject := certificates.authority.certificate.subject
	issuer != subject
}
