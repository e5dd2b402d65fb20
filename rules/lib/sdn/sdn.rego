# METADATA
# title: The software-defined network by name
# description: |
#  Zones and virtual networks with their properties, and which guests of this node
#  are on them.
package lib.sdn

import data.lib.facts
import data.lib.hooks
import data.lib.network

# METADATA
# title: Zones
# description: id → {type, bridge, here, properties, nodes}; here is whether the zone is on this node.
zones[z.id] := {
	"type": z.type,
	"bridge": _text(properties, "bridge"),
	"here": _here(_text(properties, "nodes")),
	"properties": properties,
	"nodes": section_nodes(z, at),
} if {
	some i, z in input.network.sdn.zones
	not _again(input.network.sdn.zones, i, z.id)
	at := sprintf("/network/sdn/zones/%d", [i])
	properties := facts.by_key(z.properties, sprintf("%s/properties", [at]))
}

_here("") := true

_here(nodes) := input.host.name in split(regex.replace(trim_space(nodes), `[\s,;]+`, ","), ",") if nodes != ""

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
# title: Virtual networks of zones that are on this node
here contains id if {
	some id, v in vnets
	zones[v.zone].here
}

# METADATA
# title: Virtual networks whose bridge is in the network configuration
# description: PVE writes them to interfaces.d/sdn, which is read like any other file.
made contains id if {
	some id in here
	network.interfaces[id].kind == "bridge"
}

# METADATA
# title: Network cards of guests of this node, by virtual network
users[bridge] contains c.at if {
	some g in facts.guests
	some key, c in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	bridge := facts.field(c.property, "bridge")
	bridge in here
}

# METADATA
# title: Subnets
# description: id → {vnet, network, properties, nodes}; network is empty where the id holds none.
subnets[s.id] := {
	"vnet": _text(properties, "vnet"),
	"network": _network(s.id),
	"properties": properties,
	"at": at,
	"nodes": section_nodes(s, at),
} if {
	some i, s in input.network.sdn.subnets
	not _again(input.network.sdn.subnets, i, s.id)
	at := sprintf("/network/sdn/subnets/%d", [i])
	properties := facts.by_key(s.properties, sprintf("%s/properties", [at]))
}

_network(id) := text if {
	parts := regex.find_all_string_submatch_n(`-([0-9A-Fa-f.:]+)-([0-9]{1,3})$`, id, 1)
	count(parts) == 1
	text := sprintf("%s/%s", [parts[0][1], parts[0][2]])
	network.cidr(text)
} else := ""

# METADATA
# title: Whether a line of the network configuration hides a network, and it is understood
translated(text) if {
	text != ""
	some u in hooks.understood
	some m in u.meanings
	m.kind == "nat"
	startswith(m.rule.text, sprintf("ip saddr %s ", [text]))
}

# METADATA
# title: Nodes of fabrics
# description: id of the section → {fabric, here, at, properties, nodes}; here is whether it is this host.
fabric_nodes[s.id] := {
	"fabric": split(s.id, "_")[0],
	"here": endswith(s.id, concat("", ["_", input.host.name])),
	"at": at,
	"properties": facts.by_key(s.properties, sprintf("%s/properties", [at])),
	"nodes": section_nodes(s, at),
} if {
	some i, s in input.network.sdn.fabrics
	endswith(s.type, "_node")
	not _again(input.network.sdn.fabrics, i, s.id)
	at := sprintf("/network/sdn/fabrics/%d", [i])
}

# METADATA
# title: Fabrics that this host is part of
fabrics_here contains f.fabric if {
	some f in fabric_nodes
	f.here
}

# METADATA
# title: Controllers that PVE configures on this host
# description: pointer → section. Those of BGP and IS-IS name their node.
controllers_here[at] := c if {
	some i, c in input.network.sdn.controllers
	c.type in {"evpn", "bgp", "isis"}
	at := sprintf("/network/sdn/controllers/%d", [i])
	not _of_other(c)
}

_of_other(c) if {
	some p in c.properties
	p.key == "node"
	p.value != input.host.name
}
