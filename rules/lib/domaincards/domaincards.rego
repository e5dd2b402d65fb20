# METADATA
# title: Network cards of domains
# description: |
#  What the cards of virtual machines are connected to, and which VLANs they
#  carry there.
package lib.domaincards

import data.lib.domains
import data.lib.facts
import data.lib.network

# METADATA
# title: Cards by virtual machine and key
# description: |
#  vmid → key → {at, property, model, mac, bridge}; mac and bridge are absent where
#  none is named. Cards with an address or a bridge that cannot be one are not in here.
list[vmid][key] := object.union({"at": p.at, "property": p.property, "model": model}, object.union(_mac(p.property), _bridge(p.property))) if {
	some vmid, g in domains.list
	some key, p in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	model := facts.field(p.property, "model")
	regex.match(`^[a-z0-9_-]{1,32}$`, model)
}

_mac(property) := {"mac": lower(mac)} if {
	mac := facts.field(property, "macaddr")
	network.unicast_mac(mac)
} else := {} if not facts.field(property, "macaddr")

_bridge(property) := {"bridge": bridge} if {
	bridge := facts.field(property, "bridge")
	facts.interface_name(bridge)
} else := {} if not facts.field(property, "bridge")

# METADATA
# title: The VLANs of a card
# description: As libvirt says them; undefined for cards without a tag.
vlan(c) := {"tag": [{"id": tag(c)}]} if {
	tag(c)
	count(trunks(c)) == 0
} else := {"trunk": true, "tag": array.concat([{"id": id, "native_mode": "untagged"} | id := native(c)], [{"id": id} | some id in sort(trunks(c)); not _native(c, id)])} if {
	count(trunks(c)) > 0
}

_native(c, id) if native(c) == id

# METADATA
# title: The VLAN of frames without a tag, where a trunk has one
native(c) := tag(c) if {
	true
} else := network.number(network.value(c.bridge, "bridge-pvid"), 1, 4094) if {
	_filtering(c)
} else := 1 if _filtering(c)

# Without a tag PVE leaves a port of the kernel's bridge in the untagged VLAN.
_filtering(c) if {
	network.interfaces[c.bridge].kind == "bridge"
	network.interfaces[c.bridge].vlan_aware
}

# METADATA
# title: The tag of a card
tag(c) := network.number(facts.field(c.property, "tag"), 1, 4094)

# METADATA
# title: The VLANs that a card gets with their tags
# description: Ranges are written out; libvirt has no ranges.
trunks(c) := {id |
	some word in split(facts.field(c.property, "trunks"), ";")
	network.vlan_range(word)
	ends := [to_number(n) | some n in split(word, "-")]
	some id in numbers.range(ends[0], ends[count(ends) - 1])
}

# METADATA
# title: The MTU of a card
# description: 1 and none mean that of the bridge.
mtu(c) := to_number(text) if {
	text := facts.field(c.property, "mtu")
	regex.match(`^([6-9][0-9]{2}|5[7-9][0-9]|[1-9][0-9]{3,4})$`, text)
	to_number(text) >= 576
} else := network.interfaces[c.bridge].mtu if {
	true
} else := network.links[c.bridge].mtu if {
	true
} else := 1500

# METADATA
# title: The bridge that PVE makes for a tag
# description: Of bridges of the kernel that do not filter VLANs; undefined for others.
own_bridge(c) := network.tag_bridge(c.bridge, tag(c))
