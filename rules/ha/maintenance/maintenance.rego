# METADATA
# scope: package
# title: "HA is in maintenance on {nodes}"
# description: |
#  {nodes} is in HA's maintenance mode: its guests were moved away and come back by
#  themselves when the mode ends. A node that becomes NixOS in that mode never ends it,
#  because no LRM runs there that could: the others wait for it and place nothing on it.
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
#   End it before the conversion (`ha-manager crm-command node-maintenance disable NODE`) and
#   wait until the guests are where they should be, or take the resources out of HA so that
#   nothing moves by itself.
#  test:
#   before: |
#    `ha-manager status` lists {nodes} as maintenance mode.
#   after: |
#    `ha-manager status` lists every node as online and no resource as migrating.
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
