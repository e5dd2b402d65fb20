# METADATA
# scope: package
# title: "The node's own certificate, which ends on {date}, is renewed by a timer"
# description: |
#  The cluster signs a certificate for each node, of two years at most, and pve-daily-update
#  makes a new one two weeks before the end. proxmox-nixos takes that program out, and pvecm
#  updatecerts, which runs at each start of pveproxy, leaves a certificate that exists as it
#  is. A timer looks at the date each day, and has a new one made by pvecm updatecerts two weeks
#  before {date}. Clients that pinned the fingerprint need the new one then, as on PVE.
# custom:
#  id: PVE-CRT-001
#  kind: gap
#  category: feature
#  severity: minor
#  component: certificates of the cluster
#  equivalent: systemd.timers
#  account: none
#  bridge: service
#  workaround: |
#   Nothing needs to be done. Put {date} into your monitoring until the first renewal was seen,
#   and run `pvecm updatecerts --force && systemctl restart pveproxy spiceproxy` when you want
#   it earlier.
#  test:
#   before: |
#    `openssl x509 -enddate -noout -in /etc/pve/local/pve-ssl.pem` prints the date;
#    `systemctl list-timers pve-daily-update.timer` prints the timer on PVE and none on the
#    trial system.
#   after: |
#    `systemctl list-timers pve-node-certificate.timer` on the new system prints one timer, and
#    after {date} the openssl command prints a date two years ahead.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-sysadmin.html#sysadmin_certificate_management
#   - https://github.com/SaumonNet/proxmox-nixos/blob/main/pkgs/pve-manager/default.nix
package rules.certificates.node_renewal

import data.lib.certificates
import data.lib.facts
import data.lib.waits

_at := [certificates.node.at] if {
	facts.packages["pve-manager"]
	not _foreign
}

# What somebody else has signed is not replaced: the finding on authorities speaks of it.
_foreign if certificates.node.certificate.issuer != certificates.authority.certificate.subject

findings contains {"at": _at, "vars": {"date": certificates.date(certificates.node.certificate)}}

bridges contains {"at": _at, "bridge": "service", "params": {"unit": "pve-node-certificate.timer", "closes": ["PVE-CRT-001"]}}

# The number of seconds is two weeks. A configuration of a cluster without quorum takes no file: the next day tries again.
_script := concat("\n", [
	"cert=/etc/pve/local/pve-ssl.pem",
	"if [ ! -e \"$cert\" ] || openssl x509 -checkend 1209600 -noout -in \"$cert\" > /dev/null; then",
	"  exit 0",
	"fi",
	"if ! openssl verify -no_check_time -CAfile /etc/pve/pve-root-ca.pem \"$cert\" > /dev/null; then",
	"  echo \"$cert is not signed by the authority of the cluster and is left as it is\" >&2",
	"  exit 1",
	"fi",
	"/run/current-system/sw/bin/pvecm updatecerts --force",
	"systemctl try-restart pveproxy.service spiceproxy.service",
	"",
])

settings contains {"at": _at, "option": array.concat(["systemd"], path), "value": value} if {
	some [path, value] in [
		[["services", "pve-node-certificate", "description"], "Renewal of the certificate of this node"],
		[["services", "pve-node-certificate", "after"], ["pve-cluster.service"]],
		[["services", "pve-node-certificate", "requires"], ["pve-cluster.service"]],
		[["services", "pve-node-certificate", "path"], [{"_ref": ["pkgs", "openssl"]}]],
		[["services", "pve-node-certificate", "unitConfig", "ConditionPathExists"], waits.condition],
		[["services", "pve-node-certificate", "serviceConfig"], {"Type": "oneshot"}],
		[["services", "pve-node-certificate", "script"], _script],
		[["timers", "pve-node-certificate", "wantedBy"], ["timers.target"]],
		[["timers", "pve-node-certificate", "timerConfig"], {"OnCalendar": "daily", "Persistent": true, "RandomizedDelaySec": "5h"}],
	]
}

checks contains {"at": _at, "check": "unit-active", "params": {"unit": "pve-node-certificate.timer"}, "required": false} if count(_at) > 0
