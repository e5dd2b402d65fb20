# METADATA
# scope: package
# title: "HA has given up on {sids}"
# description: |
#  The HA manager keeps {sids} in the state {states}: it does nothing with them any more
#  until somebody acts, or waits for a node to be fenced. Taking such a resource out of HA,
#  as the conversion asks for, leaves the guest wherever the last attempt ended, perhaps half
#  moved to another node or with its disks locked.
# custom:
#  id: PVE-HA-003
#  kind: pitfall
#  category: feature
#  severity: major
#  component: high availability
#  account: none
#  workaround: |
#   Clear it on PVE first: see `journalctl -u pve-ha-lrm -u pve-ha-crm`, repair the cause,
#   then `ha-manager set SID --state disabled`, check `qm config VMID` and `qm list` on every
#   node, and `ha-manager set SID --state started`.
#  test:
#   before: |
#    `ha-manager status` lists {sids} with {states}.
#   after: |
#    `ha-manager status` lists each as started or stopped.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_error_recovery
package rules.ha.failed

_failed[s.id] contains {"at": sprintf("/cluster/ha_state/%d", [i]), "state": s.state} if {
	some i, s in input.cluster.ha_state
	s.state in {"error", "fence", "recovery"}
}

findings contains {"at": sort([s.at | some all in _failed; some s in all]), "vars": {"sids": concat(", ", sort(object.keys(_failed))), "states": concat(", ", sort({s.state | some all in _failed; some s in all}))}} if count(_failed) > 0
