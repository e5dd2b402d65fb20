# METADATA
# scope: package
# title: "The node's own certificate ends on {date} and nothing renews it"
# description: |
#  The cluster signs a certificate for each node, of two years at most, and pve-daily-update
#  makes a new one two weeks before the end. proxmox-nixos takes that program out, and pvecm
#  updatecerts, which runs at each start of pveproxy, leaves a certificate that exists as it
#  is. From {date} on SPICE viewers, PBS and API clients that check the chain refuse the
#  node; the web interface too where it has no certificate of its own.
# custom:
#  id: PVE-CRT-001
#  kind: gap
#  category: feature
#  severity: minor
#  component: certificates of the cluster
#  equivalent: systemd.timers
#  account: none
#  workaround: |
#   Run `pvecm updatecerts --force && systemctl restart pveproxy spiceproxy` from a
#   systemd.timers entry once a year, and put {date} into your monitoring until it has run
#   once. Clients that pin the fingerprint need the new one.
#  test:
#   before: |
#    `openssl x509 -enddate -noout -in /etc/pve/local/pve-ssl.pem` prints the date;
#    `systemctl list-timers pve-daily-update.timer` prints the timer on PVE and none on the
#    trial system.
#   after: |
#    `systemctl list-timers` on the new system prints your timer, and after one run the
#    openssl command prints a date two years ahead.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certificate_management
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
package rules.certificates.node_renewal

import data.lib.certificates
import data.lib.facts

findings contains {"at": [certificates.node.at], "vars": {"date": certificates.date(certificates.node.certificate)}} if {
	facts.packages["pve-manager"]
}
