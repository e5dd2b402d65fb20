# METADATA
# scope: package
# title: A route that no line of the configuration makes
# description: |
#  The running host sends {destination} to {gateway} over {interface}, and nothing in
#  /etc/network/interfaces says so: it was set by hand, by a script of if-up.d or by
#  another program. It is gone after the conversion unless its maker comes along.
# custom:
#  id: PVE-NET-028
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: routes
#  equivalent: systemd.network.networks.<name>.routes
#  account: none
#  workaround: |
#   If the route is wanted and static, add it as `up ip route add …` to the
#   interface on PVE and capture again, or to systemd.network.networks.<name>.routes.
#   Routes of Tailscale or WireGuard come back with these.
#  test:
#   before: |
#    `ip route` on PVE lists it.
#   after: |
#    `ip route` in the trial boot lists it too.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#%5BRoute%5D%20Section%20Options
package rules.network.live_routes

import data.lib.hooks
import data.lib.network

_configured contains [m.route.Destination, m.route.Gateway] if {
	some u in hooks.understood
	some m in u.meanings
	m.kind == "route"
}

findings contains {
	"at": [network.interfaces[r.interface].at],
	"vars": {"destination": r.destination, "gateway": r.gateway, "interface": r.interface},
} if {
	some r in input.network.routes
	r.gateway
	network.interfaces[r.interface]
	not _automatic(r)
	not [r.destination, r.gateway] in _configured
	not _default(r)
	not _learnt(r)
	not r.gateway in _written
}

# What routing daemons have learnt from others is no configuration of this host.
_learnt(r) if r.protocol in _daemons

_daemons := {"babel", "bgp", "bird", "eigrp", "isis", "ospf", "rip", "zebra", "186", "187", "188", "189", "192"}

# Words of lines that nothing was made of: they have a finding of their own.
_written contains word if {
	some l in hooks.left
	some word in regex.split(`[\s;&|"']+`, l.text)
}

_default(r) if {
	r.destination == "default"
	some family in {"inet", "inet6"}
	some g in network.gateways[family]
	g.gateway == r.gateway
}

_default(r) if {
	r.destination == "default"
	some entry in _configured
	entry[0] in {"0.0.0.0/0", "::/0"}
	entry[1] == r.gateway
}

# DHCP and router advertisements bring routes of their own.
_automatic(r) if r.interface in network.dhcp

_automatic(r) if startswith(lower(r.gateway), "fe80:")
