# METADATA
# scope: package
# title: Spanning tree works otherwise
# description: |
#  {bridge} takes part in the spanning tree with mstpd, which speaks RSTP or MSTP;
#  systemd-networkd only switches on the kernel's old STP, which takes half a minute to
#  forward and knows no edge ports. Options of mstpctl are not set.
# custom:
#  id: PVE-NET-021
#  kind: gap
#  category: configuration
#  severity: major
#  component: spanning tree
#  equivalent: systemd.network.netdevs.<name>.bridgeConfig.STP
#  account: review
#  workaround: |
#   If the bridge can make no loop (one uplink, or a bond), set bridge-stp off. Else
#   run mstpd (pkgs.mstpd) as a service with `mstpctl addbridge NAME`, or accept
#   STP with ForwardDelaySec.
#  test:
#   before: |
#    `mstpctl showbridge BRIDGE` on PVE prints force-protocol-version rstp or mstp.
#   after: |
#    `bridge -d link show` in the trial boot has the ports in state
#    forwarding, and the switch agrees on the root.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.netdev.html
package rules.network.spanning_tree

import data.lib.facts
import data.lib.network

findings contains {"at": at, "vars": {"bridge": name}} if {
	some name, n in network.interfaces
	n.kind == "bridge"
	lines := sort([sprintf("%s/options/%d", [n.at, j]) |
		some j, p in n.options
		startswith(p.key, "mstpctl-")
	])
	_on(name, lines)
	at := lines
}

_on(_, lines) if count(lines) > 0

# Without mstpd it is the kernel's on PVE too.
_on(name, _) if {
	facts.packages.mstpd
	network.switch(network.value(name, "bridge-stp"))
}
