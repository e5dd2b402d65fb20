# METADATA
# scope: package
# title: Network cards keep the names that they have now
# description: |
#  Gives each card its present name by its hardware address, so that another
#  kernel or another version of systemd cannot rename the port of a bridge. The
#  file comes before 99-default.link and repeats what that one does for
#  alternative names.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
package rules.network.interface_names

import data.lib.network

settings contains {"at": [l.at], "option": array.concat(_link(name), option), "value": value} if {
	some name, l in network.links
	some match in [network.card_match(name)]
	some [option, value] in _named(name, match)
}

settings contains {"at": pin.at, "option": array.concat(_link(name), option), "value": value} if {
	not network.live
	some name, pin in network.pinned
	some match in [network.card_match(name)]
	some [option, value] in _named(name, match)
}

_named(name, match) := [
	[["matchConfig", match.key], match.value],
	[["linkConfig", "Name"], name],
	[["linkConfig", "AlternativeNamesPolicy"], "database onboard slot path"],
	[["linkConfig", "MACAddressPolicy"], "none"],
]

_link(name) := ["systemd", "network", "links", network.unit(name)]
