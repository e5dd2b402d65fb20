# METADATA
# scope: package
# title: Interfaces of ifupdown2 become .network files
# description: |
#  One file for each interface: which link it is about, the bridge or bond it
#  belongs to, the VLAN devices on it, its MTU and hardware address, whether it
#  is up after a boot and whether the boot waits for it.
# custom:
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
#   - https://manpages.debian.org/trixie/ifupdown2/interfaces.5.en.html
package rules.network.interfaces

import data.lib.network

settings contains {"at": sort(at), "option": network.network(name, option), "value": value} if {
	some name, at in network.networks
	some [option, value] in [
		[["matchConfig", "Name"], name],
		[["linkConfig", "RequiredForOnline"], _online(name)],
	]
}

_online(name) := "routable" if {
	name in network.awaited
} else := false

# An interface that is not brought up at boot waits for networkctl up.
settings contains {
	"at": [n.at],
	"option": network.network(name, ["linkConfig", "ActivationPolicy"]),
	"value": "manual",
} if {
	some name, _ in network.networks
	n := network.interfaces[name]
	n.kind != "loopback"
	not name in network.up
}

settings contains {
	"at": network.at(name, {"mtu", "ovs-mtu"}),
	"option": network.network(name, ["linkConfig", "MTUBytes"]),
	"value": sprintf("%d", [n.mtu]),
} if {
	some name, _ in network.networks
	n := network.interfaces[name]
	_mtu(n)
}

_mtu(n) if {
	n.mtu >= 68
	n.mtu <= 65535
}

# The address of a bridge or bond is set where the device is made.
settings contains {
	"at": network.at(name, {"hwaddress"}),
	"option": network.network(name, ["linkConfig", "MACAddress"]),
	"value": network.hardware_address(network.value(name, "hwaddress")),
} if {
	some name, _ in network.networks
	network.interfaces[name].kind in {"physical", "vlan", "dummy"}
}

_membership := {"bridge": "Bridge", "bond": "Bond"}

settings contains {
	"at": sort({network.interfaces[owner].at} | _member_lines(owner)),
	"option": network.network(port, ["networkConfig", key]),
	"value": owner,
} if {
	some port, owner in network.master
	key := _membership[network.interfaces[owner].kind]
}

default _member_lines(_) := set()

_member_lines(owner) := network.options_at(owner, {"bridge-ports", "bond-slaves", "slaves", "bond-ports"}) if {
	network.members_known(owner)
}

# systemd-networkd would take a port out of Open vSwitch, which it does not know.
settings contains {
	"at": [network.interfaces[owner].at],
	"option": network.network(port, ["networkConfig", "KeepMaster"]),
	"value": true,
} if {
	some port, owner in network.master
	network.networks[port]
	startswith(network.interfaces[owner].kind, "ovs-")
	not _virtual(port)
}

settings contains {
	"at": network.at(name, {"vlan-raw-device"}),
	"option": network.network(v.parent, ["vlan"]),
	"value": [name],
} if {
	some name, v in network.vlans
}

_virtual(port) if network.interfaces[port].kind == "ovs-int-port"
