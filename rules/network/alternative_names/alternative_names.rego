# METADATA
# scope: package
# title: The configuration uses another name of a card
# description: |
#  {name} is an alternative name of {link}. PVE 9 resolves it; the configuration
#  for NixOS uses the kernel's name {link} everywhere, which is also what tools
#  show. Scripts and monitoring that know {name} still find the link only if
#  systemd gives it that name again.
# custom:
#  id: PVE-NET-018
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: alternative interface names
#  equivalent: systemd.network.links.<name>.linkConfig.AlternativeName
#  account: none
#  workaround: |
#   Add linkConfig.AlternativeName = "NAME" to systemd.network.links."10-LINK", or
#   use the kernel's name where the other one is used.
#  test:
#   before: |
#    `ip -br link show NAME` on PVE prints another name first.
#   after: |
#    `ip -br link show NAME` in the trial boot prints the same link.
#  phase: boot
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
package rules.network.alternative_names

import data.lib.network

findings contains {"at": [sprintf("/network/interfaces/%d", [i])], "vars": {"name": n.name, "link": link}} if {
	some i, n in input.network.interfaces
	link := network.real(n.name)
	link != n.name
}
