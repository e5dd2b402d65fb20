# METADATA
# scope: package
# title: Dummy interfaces
# description: Makes interfaces without hardware, which hold addresses of the host.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
package rules.network.dummies

import data.lib.network

settings contains {"at": network.at(name, {"link-type"}), "option": network.netdev(name, option), "value": value} if {
	some name, n in network.interfaces
	n.kind == "dummy"
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "dummy"],
	]
}
