# METADATA
# scope: package
# title: Addresses, default gateways and DHCP
# description: |
#  Gives each interface its static addresses and default gateways, whether it has
#  a cable or not, as ifupdown2 does. A gateway outside of the interface's own
#  networks is marked as reachable on the link. DHCP identifies the host by its
#  hardware address, which is what a lease or reservation of Debian's client goes by.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
package rules.network.addresses

import data.lib.hooks
import data.lib.network

# An address with a peer or a broadcast address of its own is a section, others are lines.
settings contains {
	"at": sort({network.interfaces[name].at} | _address_lines(name)),
	"option": network.network(name, ["address"]),
	"value": plain,
} if {
	some name, list in network.addresses
	network.networks[name]
	not network.enslaved(name)
	plain := [a | some a in list; not _special(name, a)]
	count(plain) > 0
}

settings contains {
	"at": sort((({network.interfaces[name].at} | _address_lines(name)) | network.options_at(name, {"pointopoint", "broadcast"}))),
	"option": network.network(name, ["addresses"]),
	"value": sections,
} if {
	some name, list in network.addresses
	network.networks[name]
	not network.enslaved(name)
	sections := [object.union({"Address": a}, _extra(name)) | some a in list; _special(name, a)]
	count(sections) > 0
}

_special(name, address) if {
	count(_extra(name)) > 0
	not contains(address, ":")
	count([a | some a in network.addresses[name]; not contains(a, ":")]) == 1
}

_extra(name) := object.union(_peer(name), _broadcast(name))

_peer(name) := {"Peer": concat("", [peer, "/32"])} if {
	peer := network.value(name, "pointopoint")
	network.ipv4(peer)
} else := {}

_broadcast(name) := {"Broadcast": address} if {
	address := network.value(name, "broadcast")
	network.ipv4(address)
} else := {}

# The lines that the addresses come from; one that says something else is not claimed.
_address_lines(name) := {p |
	n := network.interfaces[name]
	some j, option in n.options
	option.key == "address"
	_given(name, option.value)
	p := sprintf("%s/options/%d", [n.at, j])
} | network.options_at(name, {"netmask", "network"})

_given(name, text) if {
	host := split(split(text, " ")[0], "/")[0]
	network.ip(host)
	some a in network.addresses[name]
	_equal(network.host(a), host)
}

_equal(a, b) if a == b

_equal(a, b) if {
	network.ipv6(a)
	network.ipv6(b)
	net.cidr_contains(concat("", [a, "/128"]), b)
}

# ifupdown2 sets addresses without a cable; services that bind to one need it.
settings contains {
	"at": [network.interfaces[name].at],
	"option": network.network(name, ["networkConfig", "ConfigureWithoutCarrier"]),
	"value": true,
} if {
	some name, list in network.addresses
	network.networks[name]
	count(list) > 0
	network.interfaces[name].kind != "loopback"
}

settings contains {
	"at": sort((({network.interfaces[g.name].at} | _gateway_lines(g)) | network.options_at(g.name, {"metric"}))),
	"option": network.network(g.name, ["routes"]),
	"value": [object.union_n([{"Gateway": g.gateway}, _on_link(g), _metric(g)])],
} if {
	some family in {"inet", "inet6"}
	some g in network.gateways[family]
	network.networks[g.name]
}

_gateway_lines(g) := {p |
	n := network.interfaces[g.name]
	some j, option in n.options
	option.key == "gateway"
	network.ip(option.value)
	_equal(option.value, g.gateway)
	p := sprintf("%s/options/%d", [n.at, j])
}

_on_link(g) := {"GatewayOnLink": true} if {
	network.outside(g.name, g.gateway)
} else := {}

_metric(g) := {"Metric": g.metric} if {
	g.metric > 0
} else := {}

settings contains {
	"at": [network.interfaces[name].at],
	"option": network.network(name, option),
	"value": value,
} if {
	some name in network.dhcp
	network.networks[name]
	some [option, value] in _dhcp(_families(name))
}

_families(name) := {_family[m.family] | some m in network.interfaces[name].methods; m.method == "dhcp"}

_family := {"": "ipv4", "inet": "ipv4", "inet6": "ipv6"}

_dhcp(families) := [[["networkConfig", "DHCP"], "ipv6"]] if {
	families == {"ipv6"}
} else := [
	[["networkConfig", "DHCP"], {true: "yes", false: "ipv4"}["ipv6" in families]],
	[["dhcpV4Config", "ClientIdentifier"], "mac"],
]

# Router advertisements.

settings contains {
	"at": network.at(name, {"accept-ra"}),
	"option": network.network(name, ["networkConfig", "IPv6AcceptRA"]),
	"value": _advertised(name),
} if {
	some name, _ in network.networks
	not _said(name)
}

_said(name) if hooks.said[name]["networkConfig.IPv6AcceptRA"] in {true, false}

# systemd-networkd takes prefixes itself; it would also ask a DHCPv6 server, which ifupdown2 does only for inet6 dhcp.
settings contains {
	"at": [network.interfaces[name].at],
	"option": network.network(name, ["ipv6AcceptRAConfig", "DHCPv6Client"]),
	"value": false,
} if {
	some name, _ in network.networks
	_taken(name)
	not "ipv6" in _families(name)
}

_taken(name) if hooks.said[name]["networkConfig.IPv6AcceptRA"]

_taken(name) if {
	not _said(name)
	_advertised(name)
}

_advertised(name) if {
	some m in network.interfaces[name].methods
	[m.family, m.method] in [["inet6", "auto"], ["inet6", "dhcp"]]
} else if {
	network.value(name, "accept-ra") in {"1", "2"}
} else := false if {
	network.value(name, "accept-ra") == "0"
} else if {
	network.prefixed(name)
} else := false if {
	count(network.addresses[name]) == 0
	not name in network.dhcp
	network.live
	network.links[name]
	not network.interfaces[name].kind == "loopback"
	not network.master[name]
}

settings contains {
	"at": network.at(name, {option}),
	"option": network.network(name, ["networkConfig", key]),
	"value": network.switch(network.value(name, option)),
} if {
	some name, _ in network.networks
	some option, key in {"ip-forward": "IPv4Forwarding", "ip6-forward": "IPv6Forwarding"}
}
