# METADATA
# scope: package
# title: "HA groups or rules name nodes that are no members: {nodes}"
# description: |
#  {groups} still plan with {nodes}. HA skips such names without a word, so a guest that
#  seems to have two homes has one. PVE 9 turns groups into rules when all nodes have it, and
#  the names come along; a new node that is called like the old one gets its guests at once.
# custom:
#  id: PVE-HA-006
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: high availability
#  account: none
#  workaround: |
#   Take the names out: `ha-manager groupset GROUP --nodes LIST`, from PVE 9 `ha-manager
#   rules set TYPE RULE --nodes LIST`. Then check for each guest that a second node is left.
#  test:
#   before: |
#    `ha-manager groupconfig` or `ha-manager rules config` lists {nodes}, and `pvecm nodes`
#    does not.
#   after: |
#    `ha-manager groupconfig` or `ha-manager rules config` names only nodes that `pvecm
#    nodes` lists.
#  phase: prepare
#  targets: [proxmox]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-ha-manager.html
#   - https://git.proxmox.com/?p=pve-ha-manager.git;a=blob;f=src/PVE/HA/Groups.pm
package rules.ha.gone_nodes

import data.lib.cluster
import data.lib.facts

_gone[list][i] := names if {
	some list in ["ha_groups", "ha_rules"]
	some i, section in input.cluster[list]
	properties := facts.section_properties(section, "")
	names := {name | some word in split(properties.nodes.property.value, ","); name := split(trim_space(word), ":")[0]; name != ""; not cluster.members[name]}
	count(names) > 0
}

findings contains {"at": sort(at), "vars": {
	"nodes": concat(", ", sort({name | some sections in _gone; some names in sections; some name in names})),
	"groups": concat(", ", sort({input.cluster[list][i].id | some list, sections in _gone; some i, _ in sections})),
}} if {
	"cluster" in facts.known
	at := [sprintf("/cluster/%s/%d", [list, i]) | some list, sections in _gone; some i, _ in sections]
	count(at) > 0
}
