# METADATA
# scope: package
# title: "The authority of the cluster ends on {date}"
# description: |
#  pve-root-ca.pem lives ten years and PVE never renews it. It ends on {date}, {days} days
#  after the capture; from then on no certificate of any node verifies, whatever its own
#  date. On a host that NixOS rebuilds from files everybody expects this to be kept in order
#  by the configuration; nothing is.
# custom:
#  id: PVE-CRT-004
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: certificates of the cluster
#  account: none
#  workaround: |
#   Make a new authority while all nodes are up and quorate: move /etc/pve/pve-root-ca.pem
#   and /etc/pve/priv/pve-root-ca.key away, run `pvecm updatecerts --force` on every node,
#   restart pveproxy and spiceproxy, and give the new authority to clients that trusted the
#   old one.
#  test:
#   before: |
#    `openssl x509 -enddate -noout -in /etc/pve/pve-root-ca.pem` prints a date within a year.
#   after: |
#    It prints a date ten years ahead, and `openssl verify -CAfile /etc/pve/pve-root-ca.pem
#    /etc/pve/nodes/*/pve-ssl.pem` prints OK for every node.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Certificate_Management
#   - https://git.proxmox.com/?p=pve-cluster.git;a=blob;f=src/PVE/Cluster/Setup.pm
package rules.certificates.authority_ends

import data.lib.certificates

findings contains {"at": [certificates.authority.at], "vars": {"date": certificates.date(certificate), "days": days}} if {
	certificate := certificates.authority.certificate
	days := certificates.days(certificate)
	days < 365
}
