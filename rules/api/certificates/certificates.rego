# METADATA
# scope: package
# title: Certificates of the web interface are renewed by a timer
# description: |
#  The host has the ACME accounts {accounts}. PVE renews certificates in pve-daily-update,
#  which proxmox-nixos does not have. A timer asks PVE's own client for a renewal each day from
#  30 days before the end on, with accounts, domains and plugins as they stand in /etc/pve. It
#  waits for the commit. Scripts of DNS providers are those of acme-sh in nixpkgs; one that
#  calls a program beside curl and openssl fails, and the carried certificate runs out.
# custom:
#  id: PVE-API-004
#  kind: gap
#  category: feature
#  severity: major
#  component: ACME
#  equivalent: systemd.timers
#  account: none
#  bridge: service
#  workaround: |
#   Run `pvenode acme cert renew --force 1` once after the commit: the date has to move. Where
#   the script of the DNS provider fails, let security.acme fetch the certificate and install it
#   with `pvenode cert set`. With the HTTP challenge port 80 must be reachable.
#  test:
#   before: |
#    `systemctl list-timers pve-daily-update.timer` prints the timer on PVE and "0 timers
#    listed" on the trial system.
#   after: |
#    `systemctl list-timers pve-acme.timer` on the trial system prints one timer, and `pvenode
#    acme cert renew --force 1` ends in TASK OK.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certificate_management
#   - https://pve.proxmox.com/pve-docs/pvenode.1.html
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/proxmox-acme/default.nix
package rules.api.certificates

import data.lib.pve
import data.lib.waits

_plugins := [sprintf("/acme/plugins/%d", [i]) | some i, _ in input.acme.plugins]

# What the node's own file orders; the other nodes renew theirs.
_orders := [sprintf("%s/config/%d", [pve.local_node.at, i]) |
	some i, p in pve.local_node.config
	regex.match(`^acme(domain[0-9]+)?$`, p.key)
]

_used := sort(array.concat(["/acme/accounts"], array.concat(_plugins, _orders))) if {
	count(input.acme.accounts) > 0
	count(_orders) > 0
}

findings contains {"at": _used, "vars": {"accounts": concat(", ", sort(input.acme.accounts))}}

bridges contains {"at": _used, "bridge": "service", "params": {"unit": "pve-acme.timer", "closes": ["PVE-API-004"]}}

# PVE's client refuses more than 30 days before the end, and where nothing was ever ordered.
_script := concat("\n", [
	"cert=/etc/pve/local/pveproxy-ssl.pem",
	"if [ ! -e \"$cert\" ] || openssl x509 -checkend 2592000 -noout -in \"$cert\" > /dev/null; then",
	"  exit 0",
	"fi",
	"exec /run/current-system/sw/bin/pvenode acme cert renew",
	"",
])

settings contains {"at": _used, "option": array.concat(["systemd"], path), "value": value} if {
	some [path, value] in [
		[["services", "pve-acme", "description"], "Renewal of the certificate of the web interface"],
		[["services", "pve-acme", "wants"], ["network-online.target"]],
		[["services", "pve-acme", "after"], ["network-online.target", "pve-cluster.service", "pveproxy.service"]],
		[["services", "pve-acme", "requires"], ["pve-cluster.service"]],
		[["services", "pve-acme", "path"], [{"_ref": ["pkgs", "openssl"]}]],
		[["services", "pve-acme", "unitConfig", "ConditionPathExists"], waits.condition],
		[["services", "pve-acme", "serviceConfig"], {"Type": "oneshot"}],
		[["services", "pve-acme", "script"], _script],
		[["timers", "pve-acme", "wantedBy"], ["timers.target"]],
		[["timers", "pve-acme", "timerConfig"], {"OnCalendar": "*-*-* 01:00:00", "Persistent": true, "RandomizedDelaySec": "5h"}],
	]
}

checks contains {"at": _used, "check": "unit-active", "params": {"unit": "pve-acme.timer"}, "required": false} if count(_used) > 0
