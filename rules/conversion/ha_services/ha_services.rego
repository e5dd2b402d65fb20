# METADATA
# scope: package
# title: "HA has services on this node: {sids}"
# description: |
#  The HA manager keeps {sids} started here. When the host restarts into the trial, the
#  other nodes take it for dead after two minutes, fence it and start the guests
#  themselves, while their disks are still in use here or on shared storage.
# custom:
#  id: PVE-CNV-011
#  kind: pitfall
#  category: configuration
#  severity: critical
#  component: high availability
#  account: none
#  inhibits: refuse
#  workaround: |
#   Empty the node: `ha-manager crm-command node-maintenance enable {node}` (PVE 7.3 and
#   later) moves them away and keeps them away; wait until `ha-manager status` lists none
#   here, and leave the mode on. What cannot be moved is taken out of HA with `ha-manager
#   remove SID`, or its state set to ignored. Capture again.
#  test:
#   before: |
#    `ha-manager status` lists {sids} on {node} as started.
#   after: |
#    `ha-manager status` lists no service on {node}.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_node_maintenance
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_fencing
package rules.conversion.ha_services

import data.lib.pve

inhibits contains {"at": sort([r.at | some r in pve.ha_active]), "vars": {"node": pve.local_node.name, "sids": concat(", ", sort(object.keys(pve.ha_active)))}} if {
	pve.clustered
	count(pve.ha_active) > 0
}
