# METADATA
# scope: package
# title: Rules of the host's firewall as an nftables table
# description: |
#  Says PVE's rules of datacenter and node, with the ones that PVE adds by itself
#  (management, cluster, neighbour discovery, errors of ICMP), as one nftables
#  table, provided that every rule that is in force can be said. NixOS's own
#  firewall is off then, since it would close what PVE left open and other modules
#  would open what PVE closed.
# custom:
#  sources:
#   - https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
#   - https://git.proxmox.com/?p=pve-firewall.git
#   - https://search.nixos.org/options?query=networking.nftables.tables
package rules.firewall.host_rules

import data.lib.firewall
import data.lib.network

_at := sort(firewall.nodes.cluster | object.get(firewall.nodes, "node", set()))

settings contains {"at": _claimed, "option": option, "value": value} if {
	translated
	some [option, value] in [
		[["networking", "firewall", "enable"], false],
		[["networking", "nftables", "enable"], true],
		[["networking", "nftables", "tables", "pve-host", "family"], "inet"],
		[["networking", "nftables", "tables", "pve-host", "content"], concat("\n", array.concat(array.concat(array.concat(_flood_sets, _refuse), _input), _output))],
	]
}

# METADATA
# title: Whether the filter of the host is on NixOS
translated if {
	firewall.on
	firewall.complete
	not firewall.blocked_unknown
}

# What guests use, and options that only a daemon of PVE acts on, are spoken of elsewhere.
_claimed := sort((({p |
	some entry in firewall.rules
	some p in entry.at
} | _sets) | _options))

_sets := {p |
	some p in _at
	contains(p, "/ipsets/")
}

_options := ({o.at |
	some scope, keys in {"cluster": {"enable", "policy_in", "policy_out"}, "node": {"enable", "ndp", "nosmurfs", "tcpflags", "protection_synflood", "protection_synflood_rate", "protection_synflood_burst"}}
	some key in keys
	o := firewall.options[scope][key]
} | {o.at |
	# What is refused in the end is logged as before.
	some key in ["log_level_in", "log_level_out"]
	o := firewall.options.node[key]
	_levels[o.value]
}) | {o.at |
	# Nothing is filtered on its way through the host.
	o := firewall.options.cluster.policy_forward
	o.value == "ACCEPT"
}

# A refusal as PVE makes it: nothing to broadcasts and pings, a reset to TCP.
_refuse := [
	"chain refuse {",
	"  fib daddr type { broadcast, multicast } drop",
	"  meta l4proto { icmp, ipv6-icmp } drop",
	"  meta l4proto tcp reject with tcp reset",
	"  meta l4proto udp reject",
	"  reject with icmpx admin-prohibited",
	"}",
]

_input := array.concat(
	array.concat(
		[
			"chain input {",
			"  type filter hook input priority filter; policy accept;",
			`  iifname "lo" accept`,
			"  ct state invalid drop",
			"  ct state { established, related } accept",
		],
		[concat("", ["  ", line]) | some line in _input_lines],
	),
	["}"],
)

_input_lines := array.concat(
	array.concat(array.concat(_ndp, _blocked), array.concat(_smurfs, array.concat(_flags, _flood))),
	array.concat(array.concat(["meta l4proto 2 accept"], _own("IN")), array.concat(array.concat(_management, _cluster), _tail(firewall.policy("policy_in"), "in"))),
)

_ndp := [] if {
	firewall.options.node.ndp.value == "0"
} else := ["icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept"]

_blocked := [concat(" ", [m.text, "drop"]) | some m in firewall.matches(firewall.blocked, "saddr")] if {
	firewall.blocked
} else := []

_smurfs := [] if {
	firewall.options.node.nosmurfs.value == "0"
} else := ["ip saddr != 0.0.0.0 fib saddr type { broadcast, multicast } drop"]

# Off by default.
_flags := [] if {
	not firewall.options.node.tcpflags.value == "1"
} else := firewall.impossible_flags

# New connections of one address, above a rate; off by default.
_flooded if firewall.options.node.protection_synflood.value == "1"

_flood_sets := [
	"set syn4 {",
	"  type ipv4_addr",
	"  flags dynamic",
	"  timeout 1m",
	"}",
	"set syn6 {",
	"  type ipv6_addr",
	"  flags dynamic",
	"  timeout 1m",
	"}",
] if {
	_flooded
} else := []

_flood := [
	sprintf("tcp flags & (fin | syn | rst | ack) == syn update @syn4 { ip saddr limit rate over %d/second burst %d packets } drop", [_limit("rate", 200), _limit("burst", 1000)]),
	sprintf("tcp flags & (fin | syn | rst | ack) == syn update @syn6 { ip6 saddr limit rate over %d/second burst %d packets } drop", [_limit("rate", 200), _limit("burst", 1000)]),
] if {
	_flooded
} else := []

_limit(name, missing) := network.number(firewall.options.node[sprintf("protection_synflood_%s", [name])].value, 1, 1000000) if {
	network.number(firewall.options.node[sprintf("protection_synflood_%s", [name])].value, 1, 1000000)
} else := missing

_own(direction) := [line |
	some i, entry in firewall.rules
	entry.rule.direction == direction
	some line in firewall.lines[i]
]

# Ports of PVE itself. Where their users are unknown they stay open for everybody: nobody is locked out.
_ports := ["tcp dport { 22, 3128, 8006 } accept", "tcp dport 5900-5999 accept", "tcp dport 60000-60050 accept"]

# Who may use the interface may commit a trial.
_commit := "tcp dport 18006 accept"

_management := [line |
	some m in _managers
	some ports in array.concat(_ports, [_commit])
	line := trim_space(concat(" ", [m, ports]))
]

_managers := [m.text | some m in firewall.matches(firewall.management, "saddr")] if {
	firewall.management
} else := [""]

# Corosync takes one port for each link.
_cluster := [concat(" ", [m.text, "udp dport 5404-5412 accept"]) | some m in firewall.matches(firewall.peers, "saddr")] if {
	count(firewall.peers) > 0
} else := []

_errors := [
	"icmp type time-exceeded accept",
	"icmp type destination-unreachable icmp code frag-needed accept",
	"icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept",
]

_tail("ACCEPT", _) := []

_tail("DROP", direction) := array.concat(array.concat(_errors, _log(direction)), ["drop"])

_tail("REJECT", direction) := array.concat(array.concat(_errors, _log(direction)), ["goto refuse"])

# The rate is the one that PVE has where nothing else is said.
_log(direction) := [sprintf(`limit rate 1/second burst 5 packets log prefix "host %s: " level %s`, [direction, level])] if {
	level := _levels[firewall.options.node[sprintf("log_level_%s", [direction])].value]
	level != ""
} else := []

_levels := {
	"nolog": "", "emerg": "emerg", "alert": "alert", "crit": "crit", "err": "err",
	"warning": "warn", "notice": "notice", "info": "info", "debug": "debug",
}

# Outgoing traffic is only looked at where a rule or the policy asks for it.
_output := [] if {
	firewall.policy("policy_out") == "ACCEPT"
	count(_own("OUT")) == 0
} else := array.concat(
	array.concat(
		[
			"chain output {",
			"  type filter hook output priority filter; policy accept;",
			`  oifname "lo" accept`,
			"  ct state invalid drop",
			"  ct state { established, related } accept",
		],
		[concat("", ["  ", line]) | some line in _output_lines],
	),
	["}"],
)

_output_lines := array.concat(
	array.concat(_ndp, ["meta l4proto 2 accept"]),
	array.concat(array.concat(_own("OUT"), _outgoing), _tail(firewall.policy("policy_out"), "out")),
)

_outgoing := array.concat(
	[line |
		some m in _targets
		some ports in _ports
		line := trim_space(concat(" ", [m, ports]))
	],
	_peers_out,
)

_targets := [m.text | some m in firewall.matches([firewall.local_network], "daddr")] if {
	firewall.local_network
} else := [""]

_peers_out := [concat(" ", [m.text, "udp dport 5404-5412 accept"]) | some m in firewall.matches(firewall.peers, "daddr")] if {
	count(firewall.peers) > 0
} else := []
