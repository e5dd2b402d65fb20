# METADATA
# scope: package
# title: The other node stops working while this one is converted
# description: |
#  The cluster has {votes} votes and no quorum device. As soon as this node goes
#  down the other has no majority: its guests run on, but /etc/pve is read-only
#  there, nothing can be started, backed up or changed, and with HA it resets
#  itself. If it restarts in that time, none of its guests comes up.
# custom:
#  id: PVE-CLU-002
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: quorum
#  account: none
#  workaround: |
#   For the time of the conversion run `pvecm expected 1` on the other node once
#   this one is down; never while both are up. Better, add a third vote that stays:
#   a quorum device on a machine outside the cluster, used by the Debian node, or a
#   small third node.
#  test:
#   before: |
#    `pvecm status` shows "Expected votes: {votes}".
#   after: |
#    With this node down, `pvecm status` on the other still prints "Quorate: Yes".
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_quorum
package rules.cluster.two_votes

import data.lib.pve

_votes := sum([n.votes | some n in input.cluster.nodes])

# With two_node each of the two goes on alone, which is a finding of its own.
_two_node if {
	some p in input.cluster.corosync
	p.key == "quorum.two_node"
	p.value == "1"
}

findings contains {"at": at, "vars": {"votes": _votes}} if {
	pve.clustered
	_votes > 0
	_votes < 3
	not pve.qdevice
	not _two_node
	at := sort([sprintf("/cluster/nodes/%d", [i]) | some i, n in input.cluster.nodes; n.votes > 0])
}
