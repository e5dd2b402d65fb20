# METADATA
# scope: package
# title: Bonds of network cards
# description: |
#  Makes each bond with all of its options under the names of systemd.netdev. The
#  hardware address is pinned, since systemd would make one up.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html#%5BBond%5D%20Section%20Options
#   - https://www.kernel.org/doc/html/latest/networking/bonding.html
package rules.network.bonds

import data.lib.network

_bonds[name] := n if {
	some name, n in network.interfaces
	n.kind == "bond"
}

settings contains {"at": [n.at], "option": network.netdev(name, option), "value": value} if {
	some name, n in _bonds
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "bond"],
	]
}

settings contains {
	"at": network.at(name, {"hwaddress"}),
	"option": network.netdev(name, ["netdevConfig", "MACAddress"]),
	"value": network.mac(name),
} if {
	some name, _ in _bonds
}

_modes := {"balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"}

settings contains {
	"at": network.at(name, {"bond-mode"}),
	"option": network.netdev(name, ["bondConfig", "Mode"]),
	"value": n.bond_mode,
} if {
	some name, n in _bonds
	n.bond_mode in _modes
}

# What an option becomes is in the catalog; here is what NixOS checks when it builds.
_bounds := {
	"MinLinks": {"low": 0, "high": 255},
	"GratuitousARP": {"low": 0, "high": 255},
	"ResendIGMP": {"low": 0, "high": 255},
	"PacketsPerSlave": {"low": 0, "high": 65535},
	"LearnPacketIntervalSec": {"low": 1, "high": 2147483647},
	"AdActorSystemPriority": {"low": 1, "high": 65535},
	"AdUserPortKey": {"low": 0, "high": 1023},
}

_converted(to, text) := to.values[lower(text)]

_converted(to, text) := sprintf("%dms", [network.number(text, 0, 1000000)]) if object.get(to, "unit", "") == "ms"

_converted(to, text) := network.number(text, _bounds[to.key].low, _bounds[to.key].high) if object.get(to, "unit", "") in {"int", "s"}

_converted(to, text) := network.switch(text) if object.get(to, "unit", "") == "bool"

_converted(to, text) := network.hardware_address(text) if object.get(to, "unit", "") == "mac"

_converted(to, text) := words if {
	object.get(to, "unit", "") == "list"
	words := split(regex.replace(trim_space(text), `[\s,]+`, ","), ",")
	every w in words {
		network.ipv4(w)
	}
}

_options[name][to.key] contains {"option": option, "value": value} if {
	some name, _ in _bonds
	some option, _ in network.values[name]
	to := data.catalog.bond_options[option]
	to.where == "netdev"
	to.key != "Mode"
	value := _converted(to, network.value(name, option))
}

# Two spellings of one option that disagree are left to a person.
settings contains {
	"at": network.at(name, {e.option | some e in entries}),
	"option": network.netdev(name, ["bondConfig", key]),
	"value": value,
} if {
	some name, keys in _options
	some key, entries in keys
	values := {e.value | some e in entries}
	count(values) == 1
	some value in values
}

# The primary is a property of the member.
settings contains {
	"at": network.at(name, {"bond-primary"}),
	"option": network.network(primary, ["networkConfig", "PrimarySlave"]),
	"value": true,
} if {
	some name, n in _bonds
	n.bond_mode in {"active-backup", "balance-tlb", "balance-alb"}
	primary := network.real(network.value(name, "bond-primary"))
	network.master[primary] == name
}
