# METADATA
# title: The software-defined network by name
# description: |
#  Zones and virtual networks with their properties, and which guests of this node
#  are on them.
package lib.sdn

import data.lib.facts

# METADATA
# title: Zones
# description: id → {type, bridge, properties, nodes}
zones[z.id] := {
	"type": z.type,
	"bridge": _text(properties, "bridge"),
	"properties": properties,
	"nodes": section_nodes(z, at),
} if {
	some i, z in input.network.sdn.zones
	not _again(input.network.sdn.zones, i, z.id)
	at := sprintf("/network/sdn/zones/%d", [i])
	properties := facts.by_key(z.properties, sprintf("%s/properties", [at]))
}

# METADATA
# title: Virtual networks
# description: id → {zone, tag, nodes}
vnets[v.id] := {
	"zone": _text(properties, "zone"),
	"tag": _text(properties, "tag"),
	"nodes": section_nodes(v, at),
} if {
	some i, v in input.network.sdn.vnets
	not _again(input.network.sdn.vnets, i, v.id)
	at := sprintf("/network/sdn/vnets/%d", [i])
	properties := facts.by_key(v.properties, sprintf("%s/properties", [at]))
}

# The later of two sections of one name replaces the earlier.
_again(list, i, id) if {
	some k, s in list
	k > i
	s.id == id
}

_text(properties, key) := properties[key].property.value if {
	is_string(properties[key].property.value)
} else := ""

# METADATA
# title: Pointers of a section and its properties
section_nodes(section, at) := {at} | {sprintf("%s/properties/%d", [at, j]) | some j, _ in section.properties}

# METADATA
# title: Network cards of guests of this node that are on a virtual network
users contains c.at if {
	some g in facts.guests
	some key, c in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	vnets[facts.field(c.property, "bridge")]
}
