# METADATA
# scope: package
# title: "Without this node the cluster has {left} of {needed} votes"
# description: |
#  While this host is in the trial its vote is missing. {left} votes of nodes that answer,
#  and of the quorum device, are left of {total}; a majority is {needed}. Without it
#  /etc/pve is read-only on the other nodes, no guest there can be started or moved, and HA
#  resets the nodes that run its guests.
# custom:
#  id: PVE-CNV-009
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: quorum
#  account: none
#  inhibits: refuse
#  workaround: |
#   Bring back the nodes that are missing, or add a vote: `pvecm qdevice setup ADDRESS` for
#   a machine outside the cluster. A node that is gone for good is removed with `pvecm
#   delnode NAME`. Convert one node at a time, and the next only when all votes are there
#   again.
#  test:
#   before: |
#    `pvecm status` prints fewer total votes than expected votes, or no more than a majority
#    with this node counted.
#   after: |
#    `pvecm status` prints "Quorate: Yes" with {needed} votes beside those of this node.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_quorum
#   - https://manpages.debian.org/trixie/corosync/votequorum.5.en.html
package rules.conversion.quorum

import data.lib.cluster
import data.lib.pve

inhibits contains {"at": sort([m.at | some m in cluster.members]), "vars": {"left": _left, "total": _total, "needed": _needed}} if {
	pve.clustered
	not _pair
	_left < _needed
}

# Two nodes alone have an inhibitor of their own.
_pair if {
	count(cluster.members) == 2
	not pve.qdevice
}

_total := cluster.votes + cluster.device_votes

_needed := floor(_total / 2) + 1

# A node of which nobody knows whether it answers counts where the capture could not ask at all.
_left := sum([m.node.votes |
	some m in cluster.members
	not m.node.local
	object.get(m.node, "online", _unasked)
]) + cluster.device_votes

default _unasked := false

_unasked if {
	every m in cluster.members {
		not m.node.online
		not m.node.online == false
	}
}
