# METADATA
# scope: package
# title: "HA is in maintenance on {nodes}"
# description: |
#  {nodes} is in HA's maintenance mode: its guests were moved away and come back by
#  themselves when the mode ends. {effect}
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

_nodes[n.name] contains {"at": sprintf("/cluster/nodes/%d", [i]), "local": n.local} if {
	some i, n in input.cluster.nodes
	n.ha_mode == "maintenance"
}

_nodes[n.name] contains {"at": sprintf("/cluster/nodes/%d", [i]), "local": n.local} if {
	some i, n in input.cluster.nodes
	n.ha_state == "maintenance"
}

_effect := "On NixOS no LRM runs that could end it: the other nodes wait for this one and place nothing on it, and the guests never return." if {
	some all in _nodes
	some n in all
	n.local
} else := "Until then the cluster has that much less room for the guests of this node, and the end of the mode in the middle of the conversion moves guests while the cluster is a node short."

findings contains {"at": sort([n.at | some all in _nodes; some n in all]), "vars": {"nodes": concat(", ", sort(object.keys(_nodes))), "effect": _effect}} if count(_nodes) > 0
