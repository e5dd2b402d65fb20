# METADATA
# scope: package
# title: "Corosync's timeouts are set by hand: {settings}"
# description: |
#  Somebody changed how long corosync waits ({settings}). There was a reason, usually a
#  network that loses packets or nodes far apart, and it will be there after the conversion,
#  on another kernel and another driver. A long token also means that the others notice this
#  node's departure late; with HA the watchdog waits 60 seconds whatever corosync is told.
# custom:
#  id: PVE-CLU-022
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: corosync
#  account: none
#  workaround: |
#   Find the reason before the conversion (`journalctl -u corosync | grep -i -e retransmit -e
#   "token has not"`). Keep the values the same on all nodes: they are part of
#   /etc/pve/corosync.conf, which is taken over as it is.
#  test:
#   before: |
#    `corosync-cmapctl -g runtime.config.totem.token` prints a number that is not 3000 plus
#    650 (125 in clusters that PVE 9.1 has made) for each node from the third on.
#   after: |
#    `corosync-cmapctl -g runtime.config.totem.token` prints the same on all nodes, and
#    `journalctl -b -u corosync | grep -c Retransmit` prints 0 after a day of the trial.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://manpages.debian.org/trixie/corosync/corosync.conf.5.en.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#pvecm_cluster_network_requirements
#   - https://git.proxmox.com/?p=pve-cluster.git;a=blob;f=src/PVE/API2/ClusterConfig.pm
package rules.cluster.timeouts

import data.lib.cluster

# What corosync 3 does where nothing is said; pvecm of PVE 9 writes a token_coefficient of 125 into new clusters.
_defaults := {
	"consensus": set(),
	"downcheck": {"1000"},
	"hold": set(),
	"join": {"50"},
	"knet_ping_interval": set(),
	"knet_ping_timeout": set(),
	"max_messages": {"17"},
	"token": {"3000"},
	"token_coefficient": {"125", "650"},
	"token_retransmit": set(),
	"token_retransmits_before_loss_const": {"4"},
	"window_size": {"50"},
}

_set[name] := line if {
	some name, usual in _defaults
	line := cluster.lines[sprintf("totem.%s", [name])]
	not line.property.value in usual
}

findings contains {"at": sort([l.at | some l in _set]), "vars": {"settings": concat(", ", sort([text | some name, l in _set; text := sprintf("%s %s", [name, l.property.value])]))}} if count(_set) > 0
