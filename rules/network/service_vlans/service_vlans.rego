# METADATA
# scope: package
# title: Bridges that filter by the tags of a provider
# description: |
#  A bridge that filters VLANs by the tag of 802.1ad leaves tags inside to guests and
#  customers. The options of NixOS 24.11 refuse the value, so that it stands in the file
#  of the device as text.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html#VLANProtocol=
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
package rules.network.service_vlans

import data.lib.network

settings contains {
	"at": network.at(name, {"bridge-vlan-protocol"}),
	"option": network.netdev(name, ["extraConfig"]),
	"value": "[Bridge]\nVLANProtocol=802.1ad\n",
} if {
	some name, n in network.interfaces
	n.kind == "bridge"
	lower(network.value(name, "bridge-vlan-protocol")) == "802.1ad"
}
