# METADATA
# scope: package
# title: An interface leaves its routing domain
# description: |
#  {interfaces} belongs to the VRF {vrfs} on PVE, with a routing table of its own.
#  That domain is not made here: it is not in the configuration, its table is no
#  number, or the interface is a port of a bridge or bond. Addresses and gateways end
#  up in the main table. Two domains with the same networks collide, a management network that was
#  apart from the guests is routed to them, and a second default gateway is refused
#  or wins.
# custom:
#  id: PVE-NET-041
#  kind: gap
#  category: configuration
#  severity: major
#  component: VRF
#  equivalent: systemd.network.networks.<name>.networkConfig.VRF
#  account: review
#  workaround: |
#   Make the device with systemd.network.netdevs (Kind vrf, vrfConfig.Table), and set
#   networkConfig.VRF in systemd.network.networks of each member. Services that must
#   listen inside need ip vrf exec in their ExecStart, or net.ipv4.tcp_l3mdev_accept =
#   1.
#  test:
#   before: |
#    `ip vrf show` and `ip route show vrf NAME` on PVE print the table and its
#    routes.
#   after: |
#    `ip route show vrf NAME` prints the same routes in the trial boot, and `ip
#    route` none of them.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
#   - https://docs.kernel.org/networking/vrf.html
package rules.network.vrf_member

import data.lib.network

_lines[name] contains {"at": sprintf("%s/options/%d", [n.at, j]), "vrf": p.value} if {
	some name, n in network.interfaces
	some j, p in n.options
	p.key == "vrf"
	p.value != ""
	not network.routing_domain[name]
}

findings contains {
	"at": sort([l.at | some lines in _lines; some l in lines]),
	"vars": {"interfaces": concat(", ", sort(object.keys(_lines))), "vrfs": concat(", ", sort({l.vrf | some lines in _lines; some l in lines}))},
} if {
	count(_lines) > 0
}
