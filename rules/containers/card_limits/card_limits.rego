# METADATA
# scope: package
# title: "Network cards of containers are limited or cut off by PVE alone: {cards}"
# description: |
#  {cards} have a rate or are switched off (link_down). Neither is a setting of
#  LXC: PVE sets the rate with tc and keeps the card off its bridge each time
#  that it plugs it in. Another runtime connects the card at full speed. A
#  container that was cut off on purpose, because it was broken into or is a
#  copy of another with the same address, is on the network again at the first
#  boot.
# custom:
#  id: PVE-CT-021
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: network of containers
#  account: none
#  workaround: |
#   Leave out the line of a card that is switched off, and start no container
#   that must not be seen. Set rates where the veth is made: `tc qdisc add dev
#   veth200i0 root tbf rate 100mbit burst 1mb latency 50ms` in a script for
#   lxc.net.0.script.up.
#  test:
#   before: |
#    `pct config VMID | grep -E 'rate|link_down'` on PVE prints the cards, and
#    `bridge link` does not list the veth of one that is off.
#   after: |
#    `bridge link` on the trial system does not list it either, and `tc qdisc
#    show` prints a rate for the others.
#  phase: boot
#  targets: [incus]
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pct.html#pct_container_network
#   - https://linuxcontainers.org/lxc/manpages/man5/lxc.container.conf.5.html
package rules.containers.card_limits

import data.lib.drives
import data.lib.facts
import data.lib.pve

_cards contains {"vmid": vmid, "key": key, "at": p.at} if {
	some vmid, g in pve.containers
	some key, p in g.config
	regex.match(`^net[0-9]+$`, key)
	_bounded(p.property)
}

_bounded(property) if facts.field(property, "rate")

_bounded(property) if facts.truthy(facts.field(property, "link_down"))

findings contains {"at": sort([c.at | some c in _cards]), "vars": {"cards": drives.words(_cards)}} if count(_cards) > 0
