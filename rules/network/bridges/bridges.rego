# METADATA
# scope: package
# title: Linux bridges
# description: |
#  Makes each bridge with the hardware address that it has now, which DHCP
#  leases, switches and providers know it by, with spanning tree off unless it
#  is on, and up without a cable, so that guests on a bridge without ports have
#  a network.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.bridges

import data.lib.network

_bridges[name] := n if {
	some name, n in network.interfaces
	n.kind == "bridge"
}

settings contains {"at": [n.at], "option": network.netdev(name, option), "value": value} if {
	some name, n in _bridges
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "bridge"],
	]
}

settings contains {
	"at": network.at(name, {"hwaddress"}),
	"option": network.netdev(name, ["netdevConfig", "MACAddress"]),
	"value": network.mac(name),
} if {
	some name, _ in _bridges
}

settings contains {
	"at": network.at(name, {"bridge-stp"}),
	"option": network.netdev(name, ["bridgeConfig", "STP"]),
	"value": _stp(name),
} if {
	some name, _ in _bridges
}

default _stp(_) := false

_stp(name) if network.switch(network.value(name, "bridge-stp"))

# A bridge without ports: the line says that there are none, and that is what is made.
settings contains {
	"at": sort({n.at} | network.options_at(name, {"bridge-ports"})),
	"option": network.network(name, ["networkConfig", "ConfigureWithoutCarrier"]),
	"value": true,
} if {
	some name, n in _bridges
	count(n.ports) == 0
}

settings contains {"at": [n.at], "option": network.network(name, ["networkConfig", "ConfigureWithoutCarrier"]), "value": true} if {
	some name, n in _bridges
	count(n.ports) > 0
}

settings contains {
	"at": network.at(name, {"bridge-vlan-aware"}),
	"option": network.netdev(name, ["bridgeConfig", "VLANFiltering"]),
	"value": true,
} if {
	some name, n in _bridges
	n.vlan_aware
}

settings contains {
	"at": network.at(name, {"bridge-vlan-aware"}),
	"option": network.netdev(name, ["bridgeConfig", "VLANFiltering"]),
	"value": false,
} if {
	some name, _ in _bridges
	network.switch(network.value(name, "bridge-vlan-aware")) == false
}

# option of ifupdown2 → option of systemd.netdev and its bounds. Times are seconds in both.
_numbers := {
	"bridge-ageing": {"key": "AgeingTimeSec", "low": 0, "high": 1000000},
	"bridge-hello": {"key": "HelloTimeSec", "low": 1, "high": 10},
	"bridge-maxage": {"key": "MaxAgeSec", "low": 6, "high": 40},
	"bridge-bridgeprio": {"key": "Priority", "low": 0, "high": 65535},
	"bridge-fd": {"key": "ForwardDelaySec", "low": 2, "high": 30},
}

settings contains {
	"at": network.at(name, {option}),
	"option": network.netdev(name, ["bridgeConfig", to.key]),
	"value": network.number(network.value(name, option), to.low, to.high),
} if {
	some name, _ in _bridges
	some option, to in _numbers
}

_switches := {
	"bridge-mcsnoop": "MulticastSnooping",
	"bridge-mcquerier": "MulticastQuerier",
}

settings contains {
	"at": network.at(name, {option}),
	"option": network.netdev(name, ["bridgeConfig", key]),
	"value": network.switch(network.value(name, option)),
} if {
	some name, _ in _bridges
	some option, key in _switches
}
