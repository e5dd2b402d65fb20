# METADATA
# scope: package
# title: Tunnels of VXLAN
# description: |
#  Makes each tunnel with its number, its own address and the port that ifupdown2 uses,
#  which is another than that of the kernel. Peers that are named get the frames that
#  have no known place, one entry each; without peers FRR brings them. Whether addresses
#  are learned follows the port of the bridge, as with ifupdown2.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
#   - https://github.com/CumulusNetworks/ifupdown2/blob/master/ifupdown2/addons/vxlan.py
package rules.network.vxlans

import data.lib.network

settings contains {
	"at": network.at(name, {"vxlan-id", "vxlan-port", "vxlan-local-tunnelip"}),
	"option": network.netdev(name, option),
	"value": value,
} if {
	some name, v in network.vxlans
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "vxlan"],
		[["vxlanConfig", "VNI"], v.vni],
		[["vxlanConfig", "DestinationPort"], v.port],
		[["vxlanConfig", "Independent"], true],
		[["vxlanConfig", "Local"], v.local],
	]
	value != ""
}

settings contains {
	"at": network.at(name, {"vxlan-remoteip"}),
	"option": network.network(name, ["bridgeFDBs"]),
	"value": [{"MACAddress": "00:00:00:00:00:00", "Destination": address, "AssociatedWith": "self"} | some address in sort(v.remotes)],
} if {
	some name, v in network.vxlans
	count(v.remotes) > 0
}

settings contains {
	"at": network.at(name, {"vxlan-learning", "bridge-learning"}),
	"option": network.netdev(name, ["vxlanConfig", "MacLearning"]),
	"value": _learning(name),
} if {
	some name, _ in network.vxlans
}

_learning(name) := network.switch(network.value(name, "vxlan-learning")) if {
	network.value(name, "vxlan-learning")
} else := network.switch(network.value(name, "bridge-learning"))

_ports := {"bridge-learning": "Learning", "bridge-arp-nd-suppress": "NeighborSuppression"}

settings contains {
	"at": network.at(name, {line}),
	"option": network.network(name, ["bridgeConfig", key]),
	"value": network.switch(network.value(name, line)),
} if {
	some name, _ in network.vxlans
	network.enslaved(name)
	some line, key in _ports
}
