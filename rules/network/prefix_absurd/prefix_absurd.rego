# METADATA
# scope: package
# title: An address with a prefix that holds the whole internet
# description: |
#  {interface} has the address {address}: with so short a prefix every host counts
#  as a neighbour, and traffic to the internet is asked for on the link instead
#  of sent to the gateway. It is carried over as it is; systemd-networkd sets the
#  route with another priority than ifupdown2, so that what worked by chance may
#  stop.
# custom:
#  id: PVE-NET-020
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: addresses
#  account: none
#  workaround: |
#   Find out the real prefix (from the provider, the router or another host of the
#   network), correct it on PVE, apply it and capture again.
#  test:
#   before: |
#    `ip route` on PVE has a link route to 0.0.0.0/0 or so.
#   after: |
#    `ip route get 192.0.2.1` goes over the gateway on PVE and in the trial
#    boot.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
package rules.network.prefix_absurd

import data.lib.network

# No site has a network of its own that is larger than these.
_shortest := {"inet": 4, "inet6": 8}

findings contains {"at": [n.at], "vars": {"interface": name, "address": a.cidr}} if {
	some name, n in network.interfaces
	some a in n.addresses
	network.cidr(a.cidr)
	to_number(split(a.cidr, "/")[1]) < _shortest[a.family]
}
