# METADATA
# scope: package
# title: "A cluster of two nodes has no quorum while one is away"
# description: |
#  {others} is the only other node, and no quorum device has a vote. While this host is in
#  the trial, {others} has one vote of two: its /etc/pve is read-only and its guests cannot
#  be started. With two_node in corosync.conf it goes on alone, and so does PVE here when
#  the trial falls back: each then has an /etc/pve of its own that nothing brings together
#  again.
# custom:
#  id: PVE-CNV-010
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: quorum
#  account: none
#  inhibits: refuse
#  workaround: |
#   Add a third vote: `pvecm qdevice setup ADDRESS` for a machine outside the cluster
#   (package corosync-qnetd there, corosync-qdevice on both nodes), without two_node. Or
#   accept this finding and, once this host is down, run `pvecm expected 1` on {others}, and
#   change nothing below /etc/pve there until the end of the trial.
#  test:
#   before: |
#    `pvecm status` prints "Total votes: 2" and no Qdevice.
#   after: |
#    `pvecm status` prints "Total votes: 3" and Qdevice.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_external_vote_support
#   - https://manpages.debian.org/trixie/corosync/votequorum.5.en.html
package rules.conversion.two_nodes

import data.lib.cluster
import data.lib.pve

inhibits contains {"at": sort([m.at | some m in cluster.members]), "vars": {"others": concat(", ", sort([name | some name, m in cluster.members; not m.node.local]))}} if {
	pve.clustered
	count(cluster.members) == 2
	not pve.qdevice
}
