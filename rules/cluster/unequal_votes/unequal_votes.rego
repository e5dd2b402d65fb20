# METADATA
# scope: package
# title: "The nodes have unequal votes, and this one has {own} of {total}"
# description: |
#  A majority needs {needed} votes. While this node is down for the conversion the others
#  have {left} together, at most. Whoever counts nodes instead of votes is wrong about which
#  node may be down, and a vote that somebody added for a node long gone decides whether
#  /etc/pve can be written.
# custom:
#  id: PVE-CLU-011
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: quorum
#  account: none
#  workaround: |
#   Give each node one vote again (quorum_votes in /etc/pve/corosync.conf, config_version
#   raised), and use a quorum device where an even number is the reason. Otherwise convert
#   this node only if {left} is at least {needed}.
#  test:
#   before: |
#    `corosync-quorumtool -s` on PVE lists the votes of each node; this one has {own}.
#   after: |
#    `corosync-quorumtool -s` lists one vote a node, or with this node down prints "Quorate:
#    Yes" on another.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_quorum
#   - https://manpages.debian.org/trixie/corosync/votequorum.5.en.html
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.cluster.unequal_votes

import data.lib.cluster
import data.lib.pve

findings contains {"at": at, "vars": {"own": own, "total": total, "needed": floor(total / 2) + 1, "left": total - own}} if {
	pve.clustered
	count({v | some m in cluster.members; v := m.node.votes}) > 1
	own := pve.local_node.votes
	total := cluster.votes + cluster.device_votes
	at := sort([m.at | some m in cluster.members])
}
