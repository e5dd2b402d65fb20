# METADATA
# scope: package
# title: "HA looks after guests that do not exist: {sids}"
# description: |
#  /etc/pve/ha/resources.cfg names {sids}, and no node has such a guest. HA keeps them in the
#  state error. The number is free for the next guest: the first one that gets it, a restored
#  copy during the conversion for example, is under HA at once and is started on whatever
#  node HA picks.
# custom:
#  id: PVE-HA-012
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: high availability
#  account: none
#  workaround: |
#   Remove them: `ha-manager remove SID` for each.
#  test:
#   before: |
#    `ha-manager config` lists {sids}, and `pvesh get /cluster/resources --type vm` does not.
#   after: |
#    `ha-manager config` lists only guests that exist.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_resource_config
package rules.ha.leftover_resources

import data.lib.facts

_guests := {sprintf("%d", [g.vmid]) | some g in input.guests}

_left[sprintf("%s:%s", [r.type, r.id])] contains sprintf("/cluster/ha_resources/%d", [i]) if {
	some i, r in input.cluster.ha_resources
	regex.match(`^[1-9][0-9]{2,8}$`, r.id)
	not r.id in _guests
}

findings contains {"at": sort({at | some list in _left; some at in list}), "vars": {"sids": concat(", ", sort(object.keys(_left)))}} if {
	"cluster" in facts.known
	"guests" in facts.known
	count(_left) > 0
}
