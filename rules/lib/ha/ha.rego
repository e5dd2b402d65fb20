# METADATA
# title: Whether the HA manager of Proxmox VE runs on the new system
# description: |
#  The package of proxmox-nixos has its three programs; its module does not start
#  them. They run where guests are under HA, and where they can do what they are
#  asked for: no container, because those of PVE do not start on NixOS, and no vote
#  that this node does not see, because the watchdog resets a node that is not quorate.
package lib.ha

import data.lib.facts
import data.lib.pve
import data.lib.qdevice
import data.lib.release

# METADATA
# title: Whether it runs
manager if {
	data.target == "proxmox"
	used
	count(hindered) == 0
}

# METADATA
# title: Whether HA has something to do here, now or when another node fails
used if {
	pve.clustered
	count(input.cluster.ha_resources) > 0
}

used if count(pve.ha_active) > 0

# METADATA
# title: What stands against it
hindered contains "the answers decline the bridge" if data.answers.bridges.ha == "no"

hindered contains "the vote of the quorum device is missing" if {
	pve.qdevice
	not qdevice.kept
}

# Source: https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
hindered contains "its version has to be 8 or 9" if {
	pve.clustered
	not release.major(input.host.pve_version) in {8, 9}
}

hindered contains sprintf("HA may start %s here", [id]) if some id in containers

# METADATA
# title: Containers that HA would start here
# description: Those of this node, and those of other nodes that no strict rule and no restricted group keeps away.
containers contains sprintf("ct:%s", [r.id]) if {
	some i, r in input.cluster.ha_resources
	regex.match(`^[1-9][0-9]{2,8}$`, r.id)
	_container(r)
	properties := facts.section_properties(r, "")
	not _ignored(properties)
	not _away(r.id, properties)
}

_container(r) if r.type == "ct"

_container(r) if to_number(r.id) in _lxc

_lxc contains g.vmid if {
	some g in input.guests
	g.type == "lxc"
}

_ignored(properties) if properties.state.property.value == "ignored"

_away(id, properties) if {
	not facts.guests[to_number(id)]
	some g in input.cluster.ha_groups
	g.id == properties.group.property.value
	group := facts.section_properties(g, "")
	facts.truthy(group.restricted.property.value)
	_other_nodes(group)
}

_away(id, _) if {
	not facts.guests[to_number(id)]
	some section in input.cluster.ha_rules
	section.type == "node-affinity"
	rule := facts.section_properties(section, "")
	facts.truthy(rule.strict.property.value)
	not facts.truthy(object.get(rule, ["disable", "property", "value"], "0"))
	sprintf("ct:%s", [id]) in {trim_space(word) | some word in split(rule.resources.property.value, ",")}
	_other_nodes(rule)
}

_other_nodes(properties) if {
	names := {split(trim_space(word), ":")[0] | some word in split(properties.nodes.property.value, ",")}
	not input.host.name in names
}
