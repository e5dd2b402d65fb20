# METADATA
# scope: package
# title: VLAN devices
# description: Makes each VLAN device on its bridge, bond or card.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
package rules.network.vlans

import data.lib.network

settings contains {
	"at": network.at(name, {"vlan-id", "vlan-raw-device", "vlan-protocol"}),
	"option": network.netdev(name, option),
	"value": value,
} if {
	some name, v in network.vlans
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "vlan"],
		[["vlanConfig", "Id"], v.id],
	]
}

# The options of NixOS know no protocol.
settings contains {
	"at": network.at(name, {"vlan-protocol"}),
	"option": network.netdev(name, ["extraConfig"]),
	"value": "[VLAN]\nProtocol=802.1ad\n",
} if {
	some name, _ in network.vlans
	network.service_tagged(name)
}
