# METADATA
# scope: package
# title: "The cluster {cluster} consists of this node only"
# description: |
#  The host has a corosync.conf with itself as the only member: a cluster that others never
#  joined or have left. /etc/pve can be written only while corosync runs and is quorate, so
#  an address that changes or a file that is not carried makes it read-only and keeps guests
#  from starting, and there is nothing to gain from it.
# custom:
#  id: PVE-CLU-023
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: cluster
#  account: none
#  workaround: |
#   If no other node will join, make it a host of its own before the conversion: stop
#   pve-cluster and corosync, `pmxcfs -l`, remove /etc/pve/corosync.conf and /etc/corosync/*,
#   `killall pmxcfs`, `systemctl start pve-cluster`.
#  test:
#   before: |
#    `pvecm nodes` lists one node.
#   after: |
#    `pvecm status` says that there is no corosync configuration, and `qm list` shows the
#    guests.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#pvecm_separate_node_without_reinstall
package rules.cluster.alone

import data.lib.cluster
import data.lib.facts

findings contains {"at": [m.at | some m in cluster.members], "vars": {"cluster": object.get(input.cluster, "name", "without a name")}} if {
	"cluster" in facts.known
	count(input.cluster.corosync) > 0
	count(cluster.members) == 1
	some m in cluster.members
	m.node.local
	m.node.id > 0
}
