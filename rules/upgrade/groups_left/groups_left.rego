# METADATA
# scope: package
# title: HA groups were not turned into rules, so the cluster is between PVE 8 and 9
# description: |
#  This node has PVE {have}, where HA knows rules only. The manager turns groups into rules
#  by itself once every node runs 9 and all of them are online with a working LRM; {groups}
#  are still there, so some node is not, and it has not been for as long as that. Groups and
#  rules cannot be edited meanwhile. A converted node runs no LRM, and with one in the
#  cluster the change never happens.
# custom:
#  id: PVE-UPG-009
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: high availability
#  account: none
#  workaround: |
#   Upgrade the other nodes and bring them online (`journalctl -u pve-ha-crm | grep "ha
#   groups migration"` on the master says what it waits for), before any node is converted.
#   Then check the rules: `ha-manager rules config`.
#  test:
#   before: |
#    `ls /etc/pve/ha/groups.cfg` prints the file on PVE 9.
#   after: |
#    `ha-manager rules config` lists a rule for each of {groups}, and `ls
#    /etc/pve/ha/groups.cfg` finds nothing.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
#   - https://git.proxmox.com/?p=pve-ha-manager.git;a=blob;f=src/PVE/HA/Manager.pm
package rules.upgrade.groups_left

_groups[g.id] contains sprintf("/cluster/ha_groups/%d", [i]) if {
	some i, g in input.cluster.ha_groups
}

# Where HA manages nothing its master sleeps and turns nothing into rules: such groups are leftovers.
findings contains {"at": sort([at | some places in _groups; some at in places]), "vars": {"have": input.host.pve_version, "groups": concat(", ", sort(object.keys(_groups)))}} if {
	input.host.pve_major >= 9
	count(_groups) > 0
	count(input.cluster.ha_resources) > 0
}
