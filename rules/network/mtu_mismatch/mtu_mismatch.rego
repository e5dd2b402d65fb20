# METADATA
# scope: package
# title: A port has a smaller MTU than what stands on it
# description: |
#  {upper} is set to an MTU of {upper_mtu}, but {lower} below it has
#  {lower_mtu}. Large frames are lost without a word: connections are made, then
#  hang at the first full packet. On PVE something outside of the configuration
#  may have raised the port; on NixOS the configuration is all there is.
# custom:
#  id: PVE-NET-006
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: MTU
#  equivalent: systemd.network.networks.<name>.linkConfig.MTUBytes
#  account: none
#  workaround: |
#   Set the same mtu on the card, the bond, the bridge and the VLAN device in
#   /etc/network/interfaces, apply it with `ifreload -a` and capture again; or set
#   linkConfig.MTUBytes of the port by hand.
#  test:
#   before: |
#    `ip link` shows the smaller value below.
#   after: |
#    `ping -M do -s 8972 PEER` (MTU 9000 less 28) is answered in the trial
#    boot.
#  phase: run
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
#   - https://pve.proxmox.com/wiki/Upgrade_from_8_to_9
package rules.network.mtu_mismatch

import data.lib.network

_default := 1500

_mtu(name) := network.interfaces[name].mtu if {
	network.interfaces[name].mtu > 0
} else := _inherited(name)

# A bridge without one has that of its ports, a VLAN device that of its parent.
_inherited(name) := _written(network.vlans[name].parent) if {
	network.vlans[name]
} else := min([_written(port) | some port in network.joined[name]]) if {
	network.interfaces[name].kind == "bridge"
	count(network.joined[name]) > 0
} else := _default

_written(name) := network.interfaces[name].mtu if {
	network.interfaces[name].mtu > 0
} else := _default

# The kernel gives the members of a bond the bond's own.
_below[name] contains port if {
	some port, name in network.master
	network.interfaces[name].kind in {"bridge", "ovs-bridge"}
	not _raised(port)
}

_below[name] contains v.parent if some name, v in network.vlans

# An internal port or bond of Open vSwitch is no card.
_raised(port) if network.interfaces[port].kind in {"ovs-int-port", "ovs-bond"}

findings contains {
	"at": sort({network.interfaces[name].at} | _node(lower)),
	"vars": {"upper": name, "lower": lower, "upper_mtu": network.interfaces[name].mtu, "lower_mtu": _mtu(lower)},
} if {
	some name, ports in _below
	some lower in ports
	network.interfaces[name].mtu > _mtu(lower)
}

_node(name) := {p | some p in [network.interfaces[name].at]} if {
	network.interfaces[name]
} else := set()
