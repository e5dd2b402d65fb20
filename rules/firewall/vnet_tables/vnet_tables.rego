# METADATA
# scope: package
# title: Firewalls of virtual networks as nftables tables
# description: |
#  Says what PVE's nftables daemon lets pass on a virtual network as chains of two
#  tables: one of family bridge for frames between its guests, one of family inet for
#  what the host itself receives and sends on it. A network of whose firewall a part has
#  no words stays out of both as a whole. A refusal becomes silence.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://git.proxmox.com/?p=proxmox-firewall.git
#   - https://wiki.nftables.org/wiki-nftables/index.php/Bridge_filtering
package rules.firewall.vnet_tables

import data.lib.facts
import data.lib.firewall
import data.lib.release
import data.lib.sdn

# METADATA
# title: Virtual networks whose firewall acts
# description: name → index of its file. The firewall of iptables reads no files of virtual networks.
active[name] := max(indexes) if {
	firewall.guests_on
	firewall.options.node.nftables.value == "1"
	some name, indexes in _files
	name in sdn.here
	_option(max(indexes), "enable", "0") == "1"
}

_files[f.name] contains i if {
	some i, f in input.network.firewall
	f.scope == "vnet"
}

# METADATA
# title: Those of which a part has no words
lost contains name if {
	some name, i in active
	not _said(name, i)
}

_option(i, key, missing) := found[count(found) - 1] if {
	found := [p.value | some p in input.network.firewall[i].options; p.key == key]
	count(found) > 0
} else := missing

_said(name, i) if {
	facts.interface_name(name)
	_option(i, "policy_forward", "ACCEPT") in {"ACCEPT", "DROP"}
	_levels[_option(i, "log_level_forward", "nolog")]
	every p in input.network.firewall[i].options {
		p.key in {"enable", "policy_forward", "log_level_forward"}
	}
	every r in _rules(i) {
		r.direction == "FORWARD"
		firewall.said(r, "", firewall.datacenter, _verdict)
	}
}

# A group in its place; one that is not there has no words.
_rules(i) := [r |
	some own in input.network.firewall[i].rules
	own.enabled
	some r in _unfolded(own)
]

_unfolded(r) := [r] if r.direction != "GROUP"

_unfolded(r) := [g | some g in group.rules; g.enabled] if {
	r.direction == "GROUP"
	count(r.options) == 0
	group := firewall.groups[lower(r.action)]
} else := [{"direction": "UNKNOWN"}] if {
	r.direction == "GROUP"
}

_verdict := {"ACCEPT": "accept", "DROP": "drop", "REJECT": "drop"}

_levels := {
	"nolog": "none", "emerg": "emerg", "alert": "alert", "crit": "crit", "err": "err",
	"warning": "warn", "notice": "notice", "info": "info", "debug": "debug",
}

_filtered := sort([name | some name, _ in active; not name in lost])

_invalid := [] if {
	firewall.options.node.nf_conntrack_allow_invalid.value == "1"
} else := ["  ct state invalid drop"]

_chain(name) := array.concat(
	array.concat(
		[
			sprintf("chain network-%s {", [name]),
			"  meta protocol arp accept",
			"  ct state { established, related } accept",
		],
		array.concat(_invalid, [concat("", ["  ", line]) |
			some r in _rules(active[name])
			some line in firewall.said(r, "", firewall.datacenter, _verdict)
		]),
	),
	array.concat(_log(name), [sprintf("  %s", [lower(_option(active[name], "policy_forward", "ACCEPT"))]), "}"]),
)

_log(name) := [sprintf(`  limit rate 1/second burst 5 packets log prefix "network %s: " level %s`, [name, level])] if {
	level := _levels[_option(active[name], "log_level_forward", "nolog")]
	level != "none"
	_option(active[name], "policy_forward", "ACCEPT") == "DROP"
} else := []

_entry(chain, hook, priority, word) := array.concat(
	array.concat(
		[sprintf("chain %s {", [chain]), sprintf("  type filter hook %s priority %s; policy accept;", [hook, priority])],
		[sprintf(`  %s "%s" goto network-%s`, [word, name, name]) | some name in _filtered],
	),
	["}"],
)

_chains := [line | some name in _filtered; some line in _chain(name)]

# Where br_netfilter is in use it takes packets away from chains of the priority 0.
_between := concat("\n", array.concat(_chains, _entry("between-guests", "forward", "-100", "meta ibrname")))

_with_host := concat("\n", array.concat(_chains, array.concat(
	_entry("to-host", "input", "filter - 1", "iifname"),
	_entry("from-host", "output", "filter + 1", "oifname"),
)))

_at := sort(union({firewall.file_nodes(input.network.firewall[i], sprintf("/network/firewall/%d", [i])) | some name in _filtered; i := active[name]}))

settings contains {"at": _at, "option": array.concat(["networking", "nftables"], option), "value": value} if {
	count(_filtered) > 0
	some [option, value] in [
		[["enable"], true],
		[["tables", "pve-networks", "family"], "bridge"],
		[["tables", "pve-networks", "content"], _between],
		[["tables", "pve-networks-host", "family"], "inet"],
		[["tables", "pve-networks-host", "content"], _with_host],
	]
}

# The kernel that checks rules while 24.11 is built knows no bridges.
settings contains {"at": _at, "option": ["networking", "nftables", "preCheckRuleset"], "value": firewall.as_inet} if {
	count(_filtered) > 0
	release.current == "24.11"
}
