# METADATA
# scope: package
# title: This node leaves the cluster, and {others} go on without it
# description: |
#  Corosync and the cluster file system go with PVE. For {others} this node is down from the
#  conversion on: of {total} votes {left} are left, {needed} make a majority, and without one
#  the rest can start and change nothing. Its guests stay listed below /etc/pve/nodes/{host}.
#  Whoever moves such a file to another node, or restores the guest there, has it running
#  twice; with disks on shared storage both write to them. Replication and migration to this
#  node fail.
# custom:
#  id: PVE-CLU-028
#  kind: pitfall
#  category: feature
#  severity: major
#  component: cluster
#  account: none
#  workaround: |
#   Before: move the guests that should stay in the cluster (`qm migrate`, `pct migrate`), take
#   the node out of storages, replication (`pvesr delete JOB --force`) and HA. With less than
#   {needed} votes left run `pvecm expected 1` on the last node once this one is down, or add a
#   vote first. After the commit, and only then: `pvecm delnode {host}` on another node, with PVE
#   of this host never to boot again in that network, and /etc/pve/nodes/{host} moved away. Until
#   then going back to PVE is one restart.
#  test:
#   before: |
#    `pvecm nodes` lists {host} and {others}.
#   after: |
#    On another node `pvecm status` prints "Quorate: Yes", and after the commit `pvecm nodes` does
#    not list {host}.
#  phase: prepare
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_remove_a_cluster_node
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_quorum
package rules.cluster.leaves

import data.lib.cluster
import data.lib.pve

_total := cluster.votes + cluster.device_votes

findings contains {"at": sort([m.at | some m in cluster.members]), "vars": {
	"host": pve.local_node.name,
	"others": concat(", ", sort([name | some name, m in cluster.members; not m.node.local])),
	"total": _total,
	"left": _total - pve.local_node.votes,
	"needed": floor(_total / 2) + 1,
}} if {
	pve.clustered
}
