# METADATA
# scope: package
# title: Default gateway outside of the host's own network
# description: |
#  The gateway {gateway} of {interface} lies in none of its networks, as hosting
#  providers do it with single addresses. ifupdown2 adds the route as on-link
#  without being asked; systemd-networkd refuses it unless it is told. The
#  configuration says GatewayOnLink, and everything depends on that one line.
# custom:
#  id: PVE-NET-004
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: default gateway
#  equivalent: systemd.network.networks.<name>.routes with GatewayOnLink
#  account: none
#  workaround: |
#   Leave GatewayOnLink as generated. Keep a console of the provider at hand for
#   the trial boot, and ask whether the provider ties the address to the
#   hardware address of the card.
#  test:
#   before: |
#    `ip route get GATEWAY` on PVE names no network of the interface.
#   after: |
#    In the trial boot `ip route show default` ends in onlink and `ping -c1
#    GATEWAY` is answered.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#%5BRoute%5D%20Section%20Options
package rules.network.gateway_outside

import data.lib.network

findings contains {"at": [network.interfaces[g.name].at], "vars": {"gateway": g.gateway, "interface": g.name}} if {
	some family in {"inet", "inet6"}
	some g in network.gateways[family]
	network.outside(g.name, g.gateway)
}
