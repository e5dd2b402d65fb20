# METADATA
# scope: package
# title: The cluster has an even number of votes
# description: |
#  With {votes} votes a split in the middle leaves no half with a majority. During the
#  conversion the cluster is a node short as well, so one more failure than usual is
#  enough to stop it.
# custom:
#  id: PVE-CLU-004
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: quorum
#  account: none
#  workaround: |
#   Convert one node at a time, and see that `pvecm status` counts {votes} votes again
#   before the next. Give the cluster an odd number of votes when you can.
#  test:
#   before: |
#    `pvecm status` shows "Total votes: {votes}".
#   after: |
#    `pvecm status` shows an odd number of total votes, or {votes} again after each converted
#    node.
#  phase: convert
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_quorum
package rules.cluster.even_votes

import data.lib.pve

_votes := sum([n.votes | some n in input.cluster.nodes])

findings contains {"at": at, "vars": {"votes": _votes}} if {
	_votes >= 4
	_votes % 2 == 0
	not pve.qdevice
	at := sort([sprintf("/cluster/nodes/%d", [i]) | some i, n in input.cluster.nodes; n.votes > 0])
}
