# METADATA
# scope: package
# title: "Nodes of the cluster are offline: {nodes}"
# description: |
#  {nodes} did not answer when the facts were taken. The cluster has spent that much of its
#  reserve, and this node's conversion takes another vote. A node that comes back meanwhile
#  brings the /etc/pve of the day when it left and gets the new one; a node that is gone for
#  good counts in every majority, and its guests can be neither started nor backed up.
# custom:
#  id: PVE-CLU-019
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: cluster
#  account: none
#  workaround: |
#   Start {nodes} and wait until `pvecm status` counts all votes. Remove a node that does not
#   come back (`pvecm delnode NAME` on another node, after moving its guests' files), and
#   never boot its old disk in this network again.
#  test:
#   before: |
#    `pvesh get /nodes` lists {nodes} as offline.
#   after: |
#    `pvesh get /nodes` lists every node as online.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#_remove_a_cluster_node
#   - https://git.proxmox.com/?p=pve-manager.git;a=blob;f=PVE/CLI/pve8to9.pm
package rules.cluster.offline_nodes

_offline[n.name] contains sprintf("/cluster/nodes/%d", [i]) if {
	some i, n in input.cluster.nodes
	n.online == false
}

findings contains {"at": sort([at | some places in _offline; some at in places]), "vars": {"nodes": concat(", ", sort(object.keys(_offline)))}} if count(_offline) > 0
