# METADATA
# scope: package
# title: Commands of interfaces that have a counterpart
# description: |
#  Turns routes, rules that choose a table, addresses, kernel settings and masquerading of up and post-up lines into
#  options, where the line is one of the plain forms; everything else is left to
#  a person.
# custom:
#  sources:
#   - https://pve.proxmox.com/wiki/Network_Configuration#_masquerading_nat_with_span_class_monospaced_iptables_span
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.network.html#%5BRoute%5D%20Section%20Options
package rules.network.hook_settings

import data.lib.hooks
import data.lib.network

# A down line that undoes an up line stands beside it.
_at(at, name) := sort({at} | {down | some down, owner in hooks.undoing; owner == name})

settings contains {
	"at": _at(at, u.name),
	"option": network.network(m.device, ["routes"]),
	"value": [m.route],
} if {
	some at, u in hooks.understood
	some m in u.meanings
	m.kind == "route"
}

# A rule goes with the interface whose line makes it.
settings contains {
	"at": _at(at, u.name),
	"option": network.network(m.device, ["routingPolicyRules"]),
	"value": [m.rule],
} if {
	some at, u in hooks.understood
	some m in u.meanings
	m.kind == "rule"
}

settings contains {
	"at": _at(at, u.name),
	"option": network.network(m.device, ["address"]),
	"value": [m.address],
} if {
	some at, u in hooks.understood
	some m in u.meanings
	m.kind == "address"
}

settings contains {
	"at": _at(at, u.name),
	"option": network.network(u.name, m.path),
	"value": m.value,
} if {
	some at, u in hooks.understood
	some m in u.meanings
	m.kind == "link"
}

settings contains {
	"at": _at(at, u.name),
	"option": ["boot", "kernel", "sysctl", m.key],
	"value": m.value,
} if {
	some at, u in hooks.understood
	some m in u.meanings
	m.kind == "sysctl"
}

# The table holds nothing but these rules; it comes and goes with the firewall service.
_nat[at] := [m.rule | some m in u.meanings; m.kind == "nat"] if some at, u in hooks.understood

_rules(chain) := [r.text |
	some at in sort(object.keys(_nat))
	some r in _nat[at]
	r.chain == chain
]

_chain := {
	"prerouting": "type nat hook prerouting priority dstnat; policy accept;",
	"postrouting": "type nat hook postrouting priority srcnat; policy accept;",
}

_content := concat("\n", [text |
	some chain, head in _chain
	count(_rules(chain)) > 0
	text := sprintf("chain %s {\n  %s\n  %s\n}", [chain, head, concat("\n  ", _rules(chain))])
])

_nat_at := sort({p |
	some at, rules in _nat
	count(rules) > 0
	some p in _at(at, hooks.understood[at].name)
})

settings contains {"at": _nat_at, "option": option, "value": value} if {
	count(_nat_at) > 0
	some [option, value] in [
		[["networking", "nftables", "enable"], true],
		[["networking", "nftables", "tables", "pve-nat", "family"], "ip"],
		[["networking", "nftables", "tables", "pve-nat", "content"], _content],
	]
}
