# METADATA
# scope: package
# title: Certificates of the web interface are not renewed
# description: |
#  The host has the ACME accounts {accounts}. PVE renews certificates in pve-daily-update,
#  which proxmox-nixos does not have. The present certificate is carried and runs out, one
#  of Let's Encrypt within 90 days; browsers and API clients that check it then refuse the
#  connection.
# custom:
#  id: PVE-API-004
#  kind: gap
#  category: feature
#  severity: major
#  component: ACME
#  equivalent: systemd.timers
#  account: review
#  workaround: |
#   Run `pvenode acme cert renew` from a systemd.timers entry every few days (it does nothing
#   until 30 days before the end), or let security.acme fetch the certificate and install it
#   with `pvenode cert set`. With the HTTP challenge port 80 must be reachable.
#  test:
#   before: |
#    `systemctl list-timers pve-daily-update.timer` prints the timer on PVE and "0 timers
#    listed" on the trial system.
#   after: |
#    `systemctl list-timers` on the trial system prints the new timer, and `pvenode acme cert
#    renew --force 1` ends in TASK OK.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certificate_management
#   - https://search.nixos.org/options?query=security.acme
package rules.api.certificates

import data.lib.pve

_plugins := [sprintf("/acme/plugins/%d", [i]) | some i, _ in input.acme.plugins]

# What the node's own file orders; the other nodes renew theirs.
_orders := [sprintf("%s/config/%d", [pve.local_node.at, i]) |
	some i, p in pve.local_node.config
	regex.match(`^acme(domain[0-9]+)?$`, p.key)
]

findings contains {"at": at, "vars": {"accounts": concat(", ", sort(input.acme.accounts))}} if {
	count(input.acme.accounts) > 0
	count(_orders) > 0
	at := sort(array.concat(["/acme/accounts"], array.concat(_plugins, _orders)))
}
