# METADATA
# scope: package
# title: "HA may run {sids} on this node only"
# description: |
#  The restricted group or strict rule {groups} names no other node that is still a member.
#  While this node is down HA does not move {sids}: they stay in recovery, and are nowhere
#  for as long as the conversion takes, and longer where no HA manager runs on the new system.
# custom:
#  id: PVE-HA-005
#  kind: pitfall
#  category: feature
#  severity: major
#  component: high availability
#  account: none
#  workaround: |
#   Add a second node to {groups} where the guest's disks and devices are there too
#   (`ha-manager groupconfig` and `ha-manager groupset GROUP --nodes A,B`, from PVE 9
#   `ha-manager rules set node-affinity RULE --nodes A,B`), or take the guests out of HA and
#   plan for the time without them.
#  test:
#   before: |
#    `ha-manager config` and `ha-manager rules config` list {groups} with this node alone.
#   after: |
#    With this node down `ha-manager status` on another lists {sids} as started there, or not
#    at all.
#  phase: convert
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_groups
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html#ha_manager_rules
package rules.ha.only_here

import data.lib.cluster
import data.lib.facts
import data.lib.pve

_others contains name if {
	some name, m in cluster.members
	not m.node.local
}

_names(text) := {split(trim_space(word), ":")[0] | some word in split(text, ",")}

_bound[at] := {"id": section.id, "resources": _resources(properties, section.id)} if {
	some list, flag in {"ha_groups": "restricted", "ha_rules": "strict"}
	some i, section in input.cluster[list]
	section.type in {"group", "node-affinity"}
	at := sprintf("/cluster/%s/%d", [list, i])
	properties := facts.section_properties(section, at)
	facts.truthy(properties[flag].property.value)
	not facts.truthy(object.get(properties, ["disable", "property", "value"], "0"))
	names := _names(properties.nodes.property.value)
	input.host.name in names
	count(names & _others) == 0
}

# A rule names its resources; a group is named by them.
_resources(properties, _) := _sids(properties.resources.property.value)

_resources(properties, id) := {sid |
	some sid, r in pve.ha_active
	some p in r.section.properties
	p.key == "group"
	p.value == id
} if {
	not properties.resources
}

_sids(text) := {trim_space(word) | some word in split(text, ",")}

_here := {sid | some b in _bound; some sid in b.resources; pve.ha_active[sid]}

findings contains {"at": sort(at), "vars": {"sids": concat(", ", sort(_here)), "groups": concat(", ", sort(ids))}} if {
	count(_here) > 0
	used := {place | some place, b in _bound; count(b.resources & _here) > 0}
	ids := {_bound[place].id | some place in used}
	at := {pve.ha_active[sid].at | some sid in _here} | used
}
