# METADATA
# scope: package
# title: Corosync has a single link
# description: |
#  All nodes reach each other only over {address} and its kind. When that address does
#  not come up on the new system, because a card has another name or a VLAN is missing,
#  this node is alone: without quorum its guests do not start.
# custom:
#  id: PVE-CLU-005
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: corosync
#  account: none
#  workaround: |
#   Add a second link over another card before the conversion: ring1_addr for each node
#   in /etc/pve/corosync.conf, config_version raised. It costs nothing and corosync
#   changes over by itself.
#  test:
#   before: |
#    `corosync-cfgtool -s` shows one link, LINK ID 0.
#   after: |
#    `corosync-cfgtool -s` shows LINK ID 0 and 1 as connected on PVE, and on the trial
#    system.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pvecm.html#pvecm_redundancy
package rules.cluster.single_link

import data.lib.pve

findings contains {"at": [pve.local_node.at], "vars": {"address": pve.local_node.addresses[0]}} if {
	pve.clustered
	count(input.cluster.links) == 1
}
