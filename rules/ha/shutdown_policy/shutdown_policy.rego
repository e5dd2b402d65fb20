# METADATA
# scope: package
# title: "The shutdown policy {policy} decides what the reboot into NixOS does"
# description: |
#  datacenter.cfg sets shutdown_policy={policy}. With failover HA takes the guests away from
#  this node a minute after it went down and starts them elsewhere, while the trial system
#  may start the same disks. With freeze they stay frozen for as long as no LRM reports from
#  this node: nobody starts them elsewhere, and nobody here. With migrate the reboot moves
#  all guests away before it goes on, and they come back when this node's LRM reports, which
#  no trial does. PVE's default moves nothing at a reboot and freezes the guests here until
#  then.
# custom:
#  id: PVE-HA-007
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: high availability
#  account: none
#  workaround: |
#   Do not let the policy decide: empty the node by hand before the reboot (`ha-manager
#   crm-command migrate SID NODE`), or take its guests out of HA (`ha-manager remove SID`),
#   and wait until `ha-manager status` shows this node's lrm as idle.
#  test:
#   before: |
#    `pvesh get /cluster/options --output-format json` shows "shutdown_policy":"{policy}",
#    and `ha-manager status` guests on this node.
#   after: |
#    `ha-manager status` lists no guest on this node before it goes down.
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_shutdown_policy
#   - https://git.proxmox.com/?p=pve-ha-manager.git;a=blob;f=src/PVE/HA/LRM.pm
package rules.ha.shutdown_policy

import data.lib.facts
import data.lib.pve

findings contains {"at": [sprintf("/datacenter/options/%d", [i])], "vars": {"policy": policy}} if {
	some i, p in input.datacenter.options
	p.key == "ha"
	policy := facts.field(p, "shutdown_policy")
	policy in {"failover", "freeze", "migrate"}
	pve.clustered
	count(pve.ha_active) > 0
}
