# METADATA
# scope: package
# title: The network is configured by systemd-networkd
# description: |
#  Switches the host's network to systemd-networkd, leaves routes that other
#  programs made alone as ifupdown2 does, and lets the boot wait for the
#  interfaces that have addresses. Where no interface is translated nothing is
#  set: NixOS then asks for an address by DHCP, which is better than none.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/networkd.conf.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-networkd-wait-online.service.html
package rules.network.networkd

import data.lib.network

_at := sort({network.interfaces[name].at |
	some name, _ in network.networks
	network.interfaces[name].kind != "loopback"
})

settings contains {"at": _at, "option": option, "value": value} if {
	count(_at) > 0
	some [option, value] in [
		[["networking", "useNetworkd"], true],
		[["networking", "useDHCP"], false],
		[["systemd", "network", "enable"], true],
		[["systemd", "network", "config", "networkConfig", "ManageForeignRoutes"], false],
		[["systemd", "network", "config", "networkConfig", "ManageForeignRoutingPolicyRules"], false],
	]
}

settings contains {
	"at": _at,
	"option": ["systemd", "network", "wait-online", "enable"],
	"value": count(network.awaited) > 0,
} if {
	count(_at) > 0
}
