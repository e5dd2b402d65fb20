# METADATA
# scope: package
# title: A rule is about an interface that is not there
# description: |
#  {count} rules name {interfaces}, which this host does not have: a card was renamed
#  or replaced, or the rule was written for another node. Such a rule never matches,
#  on PVE and on NixOS. What it should let in falls to the policy, what it should
#  keep out comes in by the new name.
# custom:
#  id: PVE-FW-014
#  kind: pitfall
#  category: configuration
#  severity: minor
#  component: pve-firewall
#  account: none
#  workaround: |
#   Correct the interface in the rule on PVE (or leave it out, where the rule is for
#   all) and capture again.
#  test:
#   before: |
#    `ip -br link show NAME` on PVE prints that the device does not exist,
#    `pve-firewall compile` a line with -i NAME.
#   after: |
#    `pve-firewall compile` on PVE prints only names that `ip -br link` prints too.
#  phase: prepare
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
package rules.firewall.interface_gone

import data.lib.facts
import data.lib.firewall
import data.lib.network

_rules contains {"at": entry.at[0], "interface": entry.iface} if {
	"network.interfaces" in facts.known
	firewall.on
	some entry in firewall.rules
	_gone(entry.iface)
}

_gone(name) if {
	name != ""
	not endswith(name, "+")
	_expected(name)
	not network.interfaces[network.real(name)]
	not name in _members
}

_members := {m | some list in network.members; some m in list}

# On a running host every name should be there; a file speaks of cards and bridges only.
_expected(name) if {
	network.live
	count(network.links) > 0
	not network.links[network.real(name)]
}

_expected(name) if {
	not network.live
	regex.match(`^(en[opsx]|eth|nic|bond|vmbr)[0-9]`, name)
}

findings contains {"at": sort({r.at | some r in _rules}), "vars": {"count": count(_rules), "interfaces": concat(", ", sort({r.interface | some r in _rules}))}} if {
	count(_rules) > 0
}
