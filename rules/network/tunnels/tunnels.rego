# METADATA
# scope: package
# title: Tunnels of IP and GRE
# description: |
#  Makes tunnels of GRE and IP with the ends that ifupdown2 gives them. One that is
#  bound to a device is made with it, the others stand for themselves.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
package rules.network.tunnels

import data.lib.network

settings contains {
	"at": network.at(name, {"tunnel-mode", "tunnel-local", "tunnel-endpoint"}),
	"option": network.netdev(name, option),
	"value": value,
} if {
	some name, t in network.tunnels
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], t.kind],
		[["tunnelConfig", "Mode"], t.mode],
		[["tunnelConfig", "Local"], t.local],
		[["tunnelConfig", "Remote"], t.remote],
	]
	value != ""
}

settings contains {
	"at": network.at(name, {"tunnel-ttl"}),
	"option": network.netdev(name, ["tunnelConfig", "TTL"]),
	"value": network.number(t.ttl, 1, 255),
} if {
	some name, t in network.tunnels
}

settings contains {
	"at": network.at(name, {"tunnel-mode"}),
	"option": network.netdev(name, ["tunnelConfig", "Independent"]),
	"value": true,
} if {
	some name, t in network.tunnels
	t.parent == ""
}

settings contains {
	"at": network.at(name, {"tunnel-physdev"}),
	"option": network.network(t.parent, ["tunnel"]),
	"value": [name],
} if {
	some name, t in network.tunnels
	t.parent != ""
}
