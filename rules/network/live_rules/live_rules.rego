# METADATA
# scope: package
# title: Policy routing that no line of the configuration makes
# description: |
#  The running kernel has {count} rules of policy routing, the first sends {example},
#  and no up line makes them. Without them traffic leaves by the main table: replies
#  of a second uplink go out of the first and are dropped by its provider, and a VPN
#  that should carry a network does not.
# custom:
#  id: PVE-NET-061
#  kind: pitfall
#  category: configuration
#  severity: major
#  component: routes
#  equivalent: systemd.network.networks.<name>.routingPolicyRules
#  account: none
#  workaround: |
#   Set systemd.network.networks.<name>.routingPolicyRules with the same From, To,
#   FirewallMark, Priority and Table, and routes with that Table, unless the program
#   that makes them (Tailscale, wg-quick, FRR) comes along.
#  test:
#   before: |
#    `ip rule` and `ip route show table NUMBER` on PVE print them.
#   after: |
#    `ip rule` prints the same rules in the trial boot.
#  phase: run
#  sources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#%5BRoutingPolicyRule%5D%20Section%20Options
#   - https://man7.org/linux/man-pages/man8/ip-rule.8.html
package rules.network.live_rules

import data.lib.facts
import data.lib.hooks

_found contains {"at": sprintf("/network/rules/%d", [i]), "text": _text(r)} if {
	some i, r in input.network.rules
	not r.protocol == "kernel"
	not _of_program(r)
}

# Tailscale's own, those of wg-quick, and the one of VRF.
_of_program(r) if {
	r.priority >= 5200
	r.priority <= 5299
}

_of_program(r) if r.table == 51820

_of_program(r) if "suppress_prefixlength 0" in r.conditions

_of_program(r) if r.priority == 1000

_text(r) := sprintf("%s to table %d", [concat(" ", [w | some w in [object.get(r, "from", ""), object.get(r, "to", ""), object.get(r, "mark", ""), object.get(r, "input_interface", "")]; w != ""]), r.table])

_by_hook if {
	some l in hooks.lines
	regex.match(`\bip( -[46])? rule\b`, l.text)
}

findings contains {"at": sort([f.at | some f in _found]), "vars": {"count": count(_found), "example": min({f.text | some f in _found})}} if {
	"network.live" in facts.known
	count(_found) > 0
	not _by_hook
}
