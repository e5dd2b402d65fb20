# METADATA
# scope: package
# title: "Guests are in HA on a host without a cluster: {sids}"
# description: |
#  There is no second node to fail over to, so HA gives {sids} nothing. It takes something:
#  the watchdog is armed and resets the host when pmxcfs hangs, as on a full root disk or
#  in the middle of what is prepared for the conversion, and a guest that is shut down from
#  inside, to be copied for example, is started again.
# custom:
#  id: PVE-HA-014
#  kind: pitfall
#  category: feature
#  severity: minor
#  component: high availability
#  account: none
#  workaround: |
#   Take them out (`ha-manager remove SID`), set onboot instead (`qm set VMID --onboot 1`),
#   and wait until `ha-manager status` shows the lrm as idle before the host goes down.
#  test:
#   before: |
#    `ha-manager status` lists {sids}, and `pvecm status` says that there is no cluster.
#   after: |
#    `ha-manager config` prints nothing, and `qm list` after a reboot shows the guests
#    running.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#_requirements
package rules.ha.without_cluster

import data.lib.facts
import data.lib.pve

findings contains {"at": sort([r.at | some r in pve.ha_active]), "vars": {"sids": concat(", ", sort(object.keys(pve.ha_active)))}} if {
	count(pve.ha_active) > 0
	"cluster" in facts.known
	not pve.clustered
}
