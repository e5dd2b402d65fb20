# METADATA
# scope: package
# title: Ports of a bridge are given by a pattern
# description: |
#  {bridge} takes its ports by a pattern. systemd-networkd has no such thing in a
#  bridge; the ports that the bridge has now are listed instead ({ports}). A card
#  that is added later no longer joins by itself, and where the ports are unknown the
#  bridge comes up without any.
# custom:
#  id: PVE-NET-016
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: bridge-ports with regex or glob
#  equivalent: systemd.network.networks.<name>.networkConfig.Bridge
#  account: none
#  workaround: |
#   Check the list, and add a network with matchConfig.Name = "PATTERN" (shell
#   globs are allowed there) and networkConfig.Bridge for cards to come.
#  test:
#   before: |
#    `grep bridge-ports /etc/network/interfaces` shows regex or glob.
#   after: |
#    `bridge link` lists the same ports on PVE and in the trial boot.
#  phase: boot
#  sources:
#   - https://manpages.debian.org/trixie/ifupdown2/ifupdown-addons-interfaces.5.en.html
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html
package rules.network.port_patterns

import data.lib.network

findings contains {"at": [n.at], "vars": {"bridge": name, "ports": _ports(name)}} if {
	some name, n in network.interfaces
	some port in n.ports
	network.pattern(port)
}

_ports(name) := concat(", ", network.members[name]) if {
	count(network.members[name]) > 0
} else := "none" if {
	network.live
} else := "unknown"
