# METADATA
# scope: package
# title: "HA of the other nodes starts guests that run here: {sids}"
# description: |
#  {sids} are HA resources of this node, and all their disks lie where other nodes reach
#  them. When this node is shut down or fails, the others take it for lost after about two
#  minutes and start these guests themselves; a plain reboot freezes them instead, until the
#  policy or a person decides otherwise, since no HA manager comes back here. The new system
#  starts them too: it knows neither the cluster nor the locks of HA. Two machines then write
#  to the same disks, and the file systems on them are lost.
# custom:
#  id: PVE-HA-015
#  kind: pitfall
#  category: feature
#  severity: critical
#  component: high availability
#  account: none
#  workaround: |
#   Decide for each before this node goes down. What stays in the cluster is moved away (`ha-manager
#   crm-command migrate SID NODE`) and taken out of the new configuration of this host. What comes along
#   is taken out of HA (`ha-manager remove SID`) and shut down on PVE; on the other nodes nobody
#   may move its file from /etc/pve/nodes/HOST.
#  test:
#   before: |
#    `ha-manager status` lists {sids} on this node.
#   after: |
#    With this node down `ha-manager status` on another lists none of those that come along,
#    and `qm list` and `pct list` of all other nodes do not have them.
#  phase: convert
#  targets: [incus, libvirt]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
package rules.ha.started_twice

import data.lib.pve
import data.rules.ha.local_disks
import data.rules.ha.replicated

# Those with disks that only this node has, or with replicas, have findings of their own.
_told contains at if {
	some f in (local_disks.findings | replicated.findings)
	some at in f.at
}

_shared[sid] := r if {
	some sid, r in pve.ha_active
	not r.at in _told
}

findings contains {"at": sort([r.at | some r in _shared]), "vars": {"sids": concat(", ", sort(object.keys(_shared)))}} if {
	pve.clustered
	count(_shared) > 0
}
