# METADATA
# scope: package
# title: VLANs of bridges and their ports
# description: |
#  Puts the VLANs of a VLAN-aware bridge on each of its ports, as ifupdown2 does,
#  and on the bridge itself only those that the host has a device for. Untagged
#  frames belong to the PVID, 1 where none is set.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#%5BBridgeVLAN%5D%20Section%20Options
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.bridge_vlans

import data.lib.network

_aware[name] := n if {
	some name, n in network.interfaces
	n.kind == "bridge"
	n.vlan_aware
}

_pvid(bridge) := id if {
	id := network.number(network.value(bridge, "bridge-pvid"), 1, 4094)
} else := 1

# Of the bridge itself.
settings contains {
	"at": network.at(name, {"bridge-pvid"}),
	"option": network.network(name, ["bridgeVLANs"]),
	"value": array.concat([_untagged(_pvid(name))], [{"VLAN": id} | some id in _host_vlans(name)]),
} if {
	some name, _ in _aware
}

_host_vlans(bridge) := {v.id |
	some v in network.vlans
	v.parent == bridge
	v.id != _pvid(bridge)
}

_untagged(id) := {"PVID": id, "EgressUntagged": id}

# Of a port: what its own stanza says, else what the bridge says.
settings contains {
	"at": sort(((_lines(bridge, {"bridge-vids", "bridge-pvid"}) | _lines(port, _own)) | {n.at})),
	"option": network.network(port, ["bridgeVLANs"]),
	"value": _port(port, bridge),
} if {
	some bridge, n in _aware
	some port in network.joined[bridge]
	count(_port(port, bridge)) > 0
}

# A list that holds something else than VLANs is not claimed.
_lines(name, keys) := network.options_at(name, keys) if {
	every v in network.interfaces[name].vids {
		network.vlan_range(v)
	}
} else := network.options_at(name, keys - {"bridge-vids"})

_own := {"bridge-access", "bridge-vids", "bridge-pvid", "bridge-allow-untagged"}

_port(port, bridge) := [_untagged(id)] if {
	id := network.number(network.value(port, "bridge-access"), 1, 4094)
} else := array.concat(_native(port, bridge), [{"VLAN": range} | some range in _ranges(port, bridge)])

_native(port, bridge) := [] if {
	network.switch(network.value(port, "bridge-allow-untagged")) == false
} else := [_untagged(id)] if {
	id := network.number(network.value(port, "bridge-pvid"), 1, 4094)
} else := [_untagged(_pvid(bridge))]

_ranges(port, bridge) := ranges if {
	ranges := [v | some v in network.interfaces[port].vids; network.vlan_range(v)]
	count(ranges) > 0
} else := [v | some v in network.interfaces[bridge].vids; network.vlan_range(v)]

# Without ports the list speaks of nothing on this host, and guests bring their own VLANs.
settings contains {
	"at": network.at(name, {"bridge-vids"}),
	"option": network.netdev(name, ["bridgeConfig", "VLANFiltering"]),
	"value": true,
} if {
	some name, n in _aware
	not network.joined[name]
	every v in n.vids {
		network.vlan_range(v)
	}
}

settings contains {
	"at": network.at(name, {"bridge-pvid"}),
	"option": network.netdev(name, ["bridgeConfig", "DefaultPVID"]),
	"value": _pvid(name),
} if {
	some name, _ in _aware
}
