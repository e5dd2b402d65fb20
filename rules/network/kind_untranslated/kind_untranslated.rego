# METADATA
# scope: package
# title: An interface that is not made on NixOS
# description: |
#  {interface} is of a kind ({kind}) that only ifupdown2 makes here, or its name
#  or parent cannot be used. It does not exist after the conversion; addresses on
#  it and guests behind it are cut off.
# custom:
#  id: PVE-NET-010
#  kind: gap
#  category: configuration
#  severity: major
#  component: tunnels and other virtual interfaces
#  equivalent: systemd.network.netdevs
#  account: review
#  workaround: |
#   Write systemd.network.netdevs with the Kind by hand: tunnels with tunnelConfig and
#   their name in the tunnel list of the parent's network, veth with peerConfig, vxlan
#   with vxlanConfig.VNI, Group and the name in the vxlan list of the parent's network.
#  test:
#   before: |
#    `ip -d link show NAME` on PVE prints the kind and its ids.
#   after: |
#    `ip -d link show NAME` in the trial boot prints the same kind and ids, and
#    `ping -c1 PEER` to the other end prints 1 received.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
package rules.network.kind_untranslated

import data.lib.network

findings contains {"at": at, "vars": {"interface": n.name, "kind": n.kind}} if {
	some i, n in input.network.interfaces
	not _done(n, i)
	node := sprintf("/network/interfaces/%d", [i])
	at := sort({node} | {sprintf("%s/options/%d", [node, j]) | some j, _ in n.options})
}

_done(n, i) if {
	name := network.real(n.name)
	network.interfaces[name].index == i
	network.made(name, network.interfaces[name])
}

_done(n, _) if n.kind == "loopback"

# A bond of Open vSwitch is made by its bridge.
_done(n, _) if {
	n.kind == "ovs-bond"
	network.master[n.name]
}
