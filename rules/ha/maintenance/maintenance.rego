# METADATA
# scope: package
# title: "HA is in maintenance on {nodes}"
# description: |
#  {nodes} is in HA's maintenance mode: its guests were moved away and come back by
#  themselves when the mode ends. The node that is converted next is emptied in this way,
#  and stays in the mode: until the commit it has no LRM that could run what HA would place
#  on it, and with Incus or libvirt none after it.
#  On another node the cluster has that much less room for the guests of this one, and the
#  end of the mode in the middle of the conversion moves guests while it is a node short.
# custom:
#  id: PVE-HA-004
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: high availability
#  account: none
#  workaround: |
#   Leave it on for the node that is converted next: nothing may be placed there before its
#   LRM runs again (`ha-manager status`) or it has left the cluster. For every other node end it before the
#   conversion (`ha-manager crm-command node-maintenance disable NODE`), and wait until the
#   guests are where they should be.
#  test:
#   before: |
#    `ha-manager status` lists {nodes} as maintenance mode.
#   after: |
#    `ha-manager status` lists no node but the one that is converted as maintenance mode,
#    and no resource as migrating.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_node_maintenance
package rules.ha.maintenance

_nodes[n.name] contains sprintf("/cluster/nodes/%d", [i]) if {
	some i, n in input.cluster.nodes
	n.ha_mode == "maintenance"
}

_nodes[n.name] contains sprintf("/cluster/nodes/%d", [i]) if {
	some i, n in input.cluster.nodes
	n.ha_state == "maintenance"
}

findings contains {"at": sort({at | some all in _nodes; some at in all}), "vars": {"nodes": concat(", ", sort(object.keys(_nodes)))}} if count(_nodes) > 0
