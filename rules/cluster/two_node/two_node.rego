# METADATA
# scope: package
# title: Each of the two nodes goes on without the other
# description: |
#  corosync.conf sets two_node, so one vote is a majority. When the link between the two
#  fails, both start and change guests, and /etc/pve goes two ways that nothing brings
#  together again. The first boot of the converted node, with a card that has another name,
#  is the moment when the link is missing. Unless wait_for_all is switched off by name, a
#  node that starts alone after a loss of power waits for the other before it starts a guest.
# custom:
#  id: PVE-CLU-013
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: quorum
#  account: none
#  workaround: |
#   Take two_node out of /etc/pve/corosync.conf (config_version raised) and add a third vote:
#   `pvecm qdevice setup ADDRESS` for a machine outside the cluster, or a small third node.
#   Until then switch off the start of guests on one of the two while the other boots
#   (`systemctl mask --now pve-guests`).
#  test:
#   before: |
#    `corosync-quorumtool -s` shows the flag 2Node.
#   after: |
#    `corosync-quorumtool -s` shows Qdevice or three nodes and no 2Node; with one node down
#    the other still prints "Quorate: Yes".
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://manpages.debian.org/trixie/corosync/votequorum.5.en.html
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_corosync_external_vote_support
package rules.cluster.two_node

import data.lib.cluster

findings contains {"at": [cluster.lines["quorum.two_node"].at], "vars": {}} if {
	cluster.value("quorum.two_node") == "1"
	count(cluster.members) == 2
}
