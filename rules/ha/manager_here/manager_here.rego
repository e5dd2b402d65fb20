# METADATA
# scope: package
# title: This node is the HA manager of the cluster
# description: |
#  The decisions of HA are made here. A clean shutdown gives the lock of the manager free. A
#  node that is reset, hangs or is cut off does not: the others wait until the lock in
#  /etc/pve runs out, about two minutes, before one of them takes over, and in that time
#  nothing is started, moved or fenced, whatever fails. Until the commit, and on Incus and
#  libvirt after it too, no manager comes back here.
# custom:
#  id: PVE-HA-011
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: high availability
#  account: none
#  workaround: |
#   Hand it over beforehand: `systemctl stop pve-ha-crm` here gives the lock free and another
#   node takes it within seconds. Wait until `ha-manager status` names it as master.
#  test:
#   before: |
#    `ha-manager status` prints "master" with the name of this node.
#   after: |
#    `ha-manager status` prints "master" with another node and (active).
#  phase: convert
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
#   - https://git.proxmox.com/?p=pve-ha-manager.git;a=blob;f=src/PVE/HA/CRM.pm
package rules.ha.manager_here

import data.lib.pve

findings contains {"at": ["/cluster/ha_manager"], "vars": {}} if {
	input.cluster.ha_manager == input.host.name
	pve.clustered
	count(input.cluster.ha_resources) > 0
}
