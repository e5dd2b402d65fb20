# METADATA
# scope: package
# title: The host has the address of the network itself
# description: |
#  {interface} has {address}, the first address of its network. For IPv4 it is the
#  old broadcast address, which neighbours drop; for IPv6 it is the anycast address
#  of all routers of the subnet (RFC 4291), which the kernel also takes as soon as it
#  forwards. Such a host is reached by some machines and not by others.
# custom:
#  id: PVE-NET-036
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: addresses
#  account: none
#  workaround: |
#   Take an address that is free, change it on PVE with everything that names it
#   (/etc/hosts, corosync.conf, DNS, firewall rules), and capture again.
#  test:
#   before: |
#    `ip -br addr show INTERFACE` on PVE prints the address.
#   after: |
#    `ip -br addr show INTERFACE` prints another one, and `ping -c1 ADDRESS` from
#    three machines prints 1 received each.
#  phase: prepare
#  sources:
#   - https://www.rfc-editor.org/rfc/rfc4291#section-2.6.1
#   - https://www.rfc-editor.org/rfc/rfc1122#section-3.3.6
package rules.network.network_as_address

import data.lib.network

findings contains {"at": network.at(name, {"address"}), "vars": {"interface": name, "address": address}} if {
	some name, list in network.addresses
	some address in list
	_first(address)
}

_first(address) if {
	[net, length] := network.network4(address)
	length > 0
	length < 31
	network.number4(network.host(address)) == net
}

_first(address) if regex.match(`::/(32|48|56|60|64)$`, address)
