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
	"at": network.at(name, {"hwaddress", "bridge-hw"}),
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

# What an option becomes is in the catalog; here is what the kernel and NixOS take.
_bounds := {
	"AgeingTimeSec": {"low": 0, "high": 1000000},
	"HelloTimeSec": {"low": 1, "high": 10},
	"MaxAgeSec": {"low": 6, "high": 40},
	"Priority": {"low": 0, "high": 65535},
	"ForwardDelaySec": {"low": 2, "high": 30},
	"MulticastIGMPVersion": {"low": 2, "high": 3},
}

_elsewhere := {"STP", "VLANFiltering", "DefaultPVID", "MACAddress"}

settings contains {
	"at": network.at(name, {option}),
	"option": network.netdev(name, ["bridgeConfig", to.key]),
	"value": _converted(to, network.value(name, option)),
} if {
	some name, _ in _bridges
	some option, _ in network.values[name]
	to := data.catalog.bridge_options[option]
	not to.key in _elsewhere
}

_converted(to, text) := to.values[lower(text)]

_converted(to, text) := network.number(text, _bounds[to.key].low, _bounds[to.key].high) if object.get(to, "unit", "") in {"int", "s"}

_converted(to, text) := network.switch(text) if object.get(to, "unit", "") == "bool"

# Options of ports stand at the bridge: one value for all, or PORT=VALUE for some.
settings contains {
	"at": network.at(name, {option}),
	"option": network.network(port, ["bridgeConfig", to.key]),
	"value": value,
} if {
	some name, _ in _bridges
	some option, _ in network.values[name]
	to := data.catalog.bridge_port_options[option]
	some port, value in _by_port(name, to, network.value(name, option))
}

_by_port(name, to, text) := {port: value | some port in network.joined[name]} if {
	not contains(text, "=")
	value := _of_port(to, text)
} else := found if {
	words := [w | some w in split(regex.replace(trim_space(text), `\s+`, " "), " ")]
	pairs := [[network.real(parts[0]), value] | some w in words; parts := split(w, "="); count(parts) == 2; value := _of_port(to, parts[1])]
	count(pairs) == count(words)
	count({p[0] | some p in pairs}) == count(pairs)
	every p in pairs {
		p[0] in network.joined[name]
	}
	found := {p[0]: p[1] | some p in pairs}
}

_of_port(to, text) := to.values[lower(text)]

_of_port(to, text) := network.switch(text) if to.unit == "port bool"

_of_port(to, text) := false if {
	to.unit == "port bool, inverted"
	network.switch(text) == true
}

_of_port(to, text) if {
	to.unit == "port bool, inverted"
	network.switch(text) == false
}

_of_port(to, text) := network.number(text, _port_bounds[to.key].low, _port_bounds[to.key].high) if to.unit == "port int"

_port_bounds := {"Cost": {"low": 1, "high": 65535}, "Priority": {"low": 0, "high": 63}}
