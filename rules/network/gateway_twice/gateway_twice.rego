# METADATA
# scope: package
# title: More than one default gateway
# description: |
#  Besides the one in use, {interface} names {gateway} as default gateway. On PVE
#  the kernel refuses the second one and keeps the first that came up;
#  systemd-networkd would install both and replies would leave by either. Only
#  the one in use is set.
# custom:
#  id: PVE-NET-005
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: default gateway
#  equivalent: systemd.network.networks.<name>.routes with Metric or Table
#  account: review
#  workaround: |
#   Decide which one is meant. For a second uplink give its route a Metric, or a
#   Table of its own with systemd.network.networks.<name>.routingPolicyRules; else
#   remove the gateway line on PVE and capture again.
#  test:
#   before: |
#    `grep -c gateway /etc/network/interfaces` counts more than `ip route
#    show default`.
#   after: |
#    `ip route show default` in the trial boot lists what you decided on.
#  phase: boot
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
package rules.network.gateway_twice

import data.lib.network

findings contains {"at": at, "vars": {"gateway": g.gateway, "interface": g.name}} if {
	some family in {"inet", "inet6"}
	some g in network.idle_gateways[family]
	n := network.interfaces[g.name]
	lines := sort([sprintf("%s/options/%d", [n.at, j]) |
		some j, option in n.options
		option.key == "gateway"
		lower(option.value) == lower(g.gateway)
	])
	at := {true: lines, false: [n.at]}[count(lines) > 0]
}
