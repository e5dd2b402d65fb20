# METADATA
# scope: package
# title: The cluster becomes a mix of Debian and NixOS
# description: |
#  {nodes} stay what they are while this node has PVE {want} of proxmox-nixos and
#  they may have another. Tickets that one side signs are refused by the other in
#  some versions, so the web interface of a node cannot show or manage the others,
#  and a guest that has started under a newer QEMU cannot move back to an older one.
#  Nobody tests such a cluster.
# custom:
#  id: PVE-CLU-001
#  kind: pitfall
#  category: feature
#  severity: major
#  component: cluster
#  account: none
#  workaround: |
#   Bring all nodes to PVE {want} first. Convert node after node, the emptiest
#   first, with every guest that matters moved away, and do not stay in between for
#   long. Until then manage each kind of node through its own web interface.
#  test:
#   before: |
#    `pvesh get /nodes` on every node lists all nodes as online.
#   after: |
#    On the trial system the summary of another node opens in the web
#    interface without "invalid ticket", and `qm migrate` of a test VM works
#    both ways.
#  phase: run
#  targets: [proxmox]
#  sources:
#   - https://github.com/SaumonNet/proxmox-nixos/issues/256
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.cluster.mixed

import data.lib.pve

findings contains {"at": sort(object.keys(_others)), "vars": {"nodes": concat(", ", sort([name | some name in _others])), "want": pve.target_version}} if {
	pve.clustered
	pve.local_node
	count(_others) > 0
}

_others[sprintf("/cluster/nodes/%d", [i])] := n.name if {
	some i, n in input.cluster.nodes
	object.get(n, "id", 1) > 0
	not n.local
}
