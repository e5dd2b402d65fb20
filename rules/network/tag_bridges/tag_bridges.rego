# METADATA
# scope: package
# title: Bridges for the VLAN tags of guests
# description: |
#  A guest with a tag on a bridge that does not filter VLANs is on a bridge of that
#  tag, vmbr0v5 for the tag 5 on vmbr0, which has a VLAN device on each port of the
#  first one. PVE makes these devices when the guest starts; systemd-networkd makes
#  them at boot, with the same names, without addresses and with the MTU of the bridge.
#  Where PVE stays it finds them made.
# custom:
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration#_vlan_802_1q
#   - https://git.proxmox.com/?p=pve-common.git;a=blob;f=src/PVE/Network.pm
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
package rules.network.tag_bridges

import data.lib.network

_at(name) := sort(network.tagged[name].at)

settings contains {"at": _at(name), "option": network.netdev(name, option), "value": value} if {
	some name in network.tag_bridges
	some [option, value] in [
		[["netdevConfig", "Name"], name],
		[["netdevConfig", "Kind"], "bridge"],
		[["bridgeConfig", "STP"], false],
	]
}

settings contains {"at": _at(name), "option": network.network(name, option), "value": value} if {
	some name in network.tag_bridges
	some [option, value] in array.concat(_without_addresses(name), [[["networkConfig", "ConfigureWithoutCarrier"], true]])
}

settings contains {"at": _at(name), "option": network.network(name, ["linkConfig", "MTUBytes"]), "value": sprintf("%d", [mtu])} if {
	some name in network.tag_bridges
	mtu := network.interfaces[network.tagged[name].bridge].mtu
	mtu >= 68
	mtu <= 65535
}

# A VLAN device that is configured already is only put into the bridge.
_new[name][device] := port if {
	some name in network.tag_bridges
	some device, port in network.tag_ports[name]
	not network.vlans[device]
}

settings contains {"at": _at(name), "option": network.netdev(device, option), "value": value} if {
	some name, devices in _new
	some device, _ in devices
	some [option, value] in [
		[["netdevConfig", "Name"], device],
		[["netdevConfig", "Kind"], "vlan"],
		[["vlanConfig", "Id"], network.tagged[name].tag],
	]
}

settings contains {"at": _at(name), "option": network.network(port, ["vlan"]), "value": [device]} if {
	some name, devices in _new
	some device, port in devices
}

settings contains {"at": _at(name), "option": network.network(device, option), "value": value} if {
	some name, devices in _new
	some device, _ in devices
	some [option, value] in _without_addresses(device)
}

settings contains {"at": _at(name), "option": network.network(device, ["networkConfig", "Bridge"]), "value": name} if {
	some name in network.tag_bridges
	some device, _ in network.tag_ports[name]
}

_without_addresses(name) := [
	[["matchConfig", "Name"], name],
	[["linkConfig", "RequiredForOnline"], false],
	[["networkConfig", "LinkLocalAddressing"], "no"],
	[["networkConfig", "IPv6AcceptRA"], false],
]
