# METADATA
# title: PVE's firewall of the host in the words of nftables
# description: |
#  What the rules of datacenter and node amount to on this host: whether they are
#  in force, and each rule as lines of an nftables chain. A rule is translated as
#  a whole or not at all; text of a rule only gets into a line as an address,
#  a number or a word of a closed list.
package lib.firewall

import data.lib.facts
import data.lib.network
import data.lib.sdn

# METADATA
# title: Whether the firewall files were read
read if "network.firewall" in facts.known

read if count(input.network.firewall) > 0

_file[scope] := {"at": sprintf("/network/firewall/%d", [min(indexes)]), "index": min(indexes), "file": input.network.firewall[min(indexes)]} if {
	some scope, indexes in _indexes
}

_indexes.cluster contains i if {
	some i, f in input.network.firewall
	f.scope == "cluster"
}

_indexes.node contains i if {
	some i, f in input.network.firewall
	f.scope == "node"
	f.name == input.host.name
}

# METADATA
# title: Options of the datacenter and of the node
# description: scope (cluster or node) → key → {value, at}
options[scope][p.key] := {"value": p.value, "at": sprintf("%s/options/%d", [f.at, j])} if {
	some scope, f in _file
	some j, p in f.file.options
	not _again(f.file.options, j, p.key)
}

_again(list, j, key) if {
	some k, p in list
	k > j
	p.key == key
}

# METADATA
# title: Whether the firewall of this host filters
# description: The datacenter has the main switch, off by default; the node's is on by default.
on if {
	regex.match(`^[1-9][0-9]*$`, options.cluster.enable.value)
	not _node_off
}

_node_off if options.node.enable.value == "0"

# METADATA
# title: Protocols whose second connections the host finds by the first
# description: Element {at, names, known}; known where there is a helper for each of them. Undefined where none is asked for.
helpers := {"at": o.at, "names": names, "known": known} if {
	o := options.node.nf_conntrack_helpers
	names := {lower(w) | some w in regex.split(`[\s,;]+`, o.value); w != ""}
	count(names) > 0
	known := count([n | some n in names; not data.catalog.conntrack_helpers[n]]) == 0
}

# METADATA
# title: Whether guests' firewalls filter
# description: They need the main switch only.
guests_on if regex.match(`^[1-9][0-9]*$`, options.cluster.enable.value)

# METADATA
# title: A setting of the two policies
policy(direction) := word if {
	word := options.cluster[direction].value
	word in {"ACCEPT", "DROP", "REJECT"}
} else := {"policy_in": "DROP", "policy_out": "ACCEPT"}[direction]

# METADATA
# title: Rules of the host in the order in which they apply
# description: |
#  Those of the node, then those of the datacenter, groups in their place.
#  Elements {at, rule, iface}; at are the pointers of all nodes that are involved.
rules := array.concat(_of("node"), _of("cluster"))

_of(scope) := [entry |
	f := _file[scope]
	some j, r in f.file.rules
	r.enabled
	some entry in _entries(r, sprintf("%s/rules/%d", [f.at, j]))
]

_entries(r, at) := [{"at": [at], "rule": r, "iface": _option(r, "i")}] if r.direction != "GROUP"

_entries(r, at) := list if {
	r.direction == "GROUP"
	group := groups[lower(r.action)]
	list := array.concat([{"at": [at, group.at], "rule": {"direction": "NONE"}, "iface": ""}], [{
		"at": [at, group.at, sprintf("%s/rules/%d", [group.at, k])],
		"rule": inner,
		"iface": _option(r, "i"),
	} |
		some k, inner in group.rules
		inner.enabled
	])
}

# A group that is not there makes the rule mean nothing that we know.
_entries(r, at) := [{"at": [at], "rule": {"direction": "UNKNOWN"}, "iface": ""}] if {
	r.direction == "GROUP"
	not groups[lower(r.action)]
}

# METADATA
# title: Security groups by name
# description: name in lower case → {at, rules}
groups[lower(g.name)] := {"at": sprintf("%s/groups/%d", [_file.cluster.at, j]), "rules": g.rules} if {
	some j, g in _file.cluster.file.groups
	not _group_again(j, g.name)
}

_group_again(j, name) if {
	some k, g in _file.cluster.file.groups
	k > j
	lower(g.name) == lower(name)
}

_option(r, name) := value if {
	found := [o.value | some o in r.options; o.name == name]
	count(found) > 0
	value := found[0]
} else := ""

# METADATA
# title: Rules that cannot be translated
untranslated contains i if {
	some i, entry in rules
	not entry.rule.direction in {"NONE", "FORWARD"}
	not lines[i]
}

# pve-firewall ignores rules on forwarded traffic, the nftables daemon does not.
untranslated contains i if {
	some i, entry in rules
	entry.rule.direction == "FORWARD"
	options.node.nftables.value == "1"
}

# METADATA
# title: Whether everything that is in force can be said in nftables
complete if {
	count(untranslated) == 0
	not _forward_closed
}

_forward_closed if {
	options.node.nftables.value == "1"
	options.cluster.policy_forward.value == "DROP"
}

# METADATA
# title: Lines of a rule
# description: index in rules → lines, at least one
lines[i] := out if {
	some i, entry in rules
	entry.rule.direction in {"IN", "OUT"}
	out := said(entry.rule, _interface(entry.iface, entry.rule.direction), datacenter, _verdict)
}

# METADATA
# title: A rule as lines of a chain
# description: |
#  The interface is what each line begins with, names are what names in it stand
#  for, and verdicts are what to do for ACCEPT, DROP and REJECT. Undefined where a
#  part of the rule is not understood.
said(r, interface, names, verdicts) := out if {
	every o in r.options {
		o.name in {"source", "dest", "p", "dport", "sport", "i", "icmp-type", "log"}
	}
	verdict := verdicts[r.action]
	specs := _specs(r)
	count(specs) > 0
	protocols := [_protocol(s) | some s in specs]
	count(protocols) == count(specs)
	sources := _addresses(_option(r, "source"), "saddr", names)
	targets := _addresses(_option(r, "dest"), "daddr", names)
	out := [line |
		some protocol in protocols
		some match in protocol
		some s in sources
		some d in targets
		_one_family([match.family, s.family, d.family])
		line := concat(" ", [w | some w in [interface, s.text, d.text, match.text, _log(r), verdict]; w != ""])
	]
	count(out) > 0
}

_verdict := {"ACCEPT": "accept", "DROP": "drop", "REJECT": "goto refuse"}

_one_family(families) if count({f | some f in families; f != ""}) < 2

_interface("", _) := ""

_interface(name, "IN") := sprintf(`iifname "%s"`, [network.real(name)]) if name != ""

_interface(name, "OUT") := sprintf(`oifname "%s"`, [network.real(name)]) if name != ""

_log(r) := sprintf("log level %s", [level]) if {
	level := _levels[_option(r, "log")]
} else := ""

_levels := {
	"emerg": "emerg", "alert": "alert", "crit": "crit", "err": "err",
	"warning": "warn", "notice": "notice", "info": "info", "debug": "debug",
}

# What a rule matches: that of its macro, or its own.
_specs(r) := [{"proto": _option(r, "p"), "dport": _option(r, "dport"), "sport": _option(r, "sport"), "icmp": _icmp(r)}] if not _macro(r)

_specs(r) := [s |
	macro := data.catalog.firewall_macros[r.macro]
	some raw in array.concat(macro.rules, object.get(macro, "v6", []))
	s := object.union({"proto": "", "dport": "", "sport": "", "icmp": ""}, raw)
] if {
	_macro(r)
	every name in ["p", "dport", "sport", "icmp-type"] {
		_option(r, name) == ""
	}
}

_macro(r) if r.macro != ""

# For icmp PVE also takes the type as the port.
_icmp(r) := _option(r, "icmp-type") if {
	_option(r, "icmp-type") != ""
} else := _option(r, "dport") if {
	_option(r, "p") in {"icmp", "icmpv6", "ipv6-icmp"}
} else := ""

_none := [{"family": "", "text": ""}]

# Any protocol; ports make no sense then.
_protocol(s) := _none if {
	s.proto == ""
	s.dport == ""
	s.sport == ""
	s.icmp == ""
}

_protocol(s) := [{"family": "", "text": text} |
	some sport in _ports(s.sport, "sport", s.proto)
	some dport in _ports(s.dport, "dport", s.proto)
	text := concat(" ", [w | some w in [sport, dport]; w != ""])
] if {
	s.proto in {"tcp", "udp", "sctp", "dccp", "udplite"}
	s.dport != s.sport
}

_protocol(s) := [{"family": "", "text": text} |
	some sport in _ports(s.sport, "sport", s.proto)
	some dport in _ports(s.dport, "dport", s.proto)
	text := concat(" ", [sport, dport])
] if {
	s.proto in {"tcp", "udp", "sctp", "dccp", "udplite"}
	s.dport == s.sport
	s.dport != ""
}

_protocol(s) := [{"family": "", "text": sprintf("meta l4proto %s", [s.proto])}] if {
	s.proto in {"tcp", "udp", "sctp", "dccp", "udplite"}
	s.dport == ""
	s.sport == ""
}

_protocol(s) := [{"family": "ip", "text": _icmp_text("icmp", _icmp4, s.icmp)}] if s.proto == "icmp"

_protocol(s) := [{"family": "ip6", "text": _icmp_text("icmpv6", _icmp6, s.icmp)}] if s.proto in {"icmpv6", "ipv6-icmp"}

_protocol(s) := [{"family": "", "text": sprintf("meta l4proto %d", [n])}] if {
	s.dport == ""
	s.sport == ""
	n := _number_of(s.proto)
}

_number_of(proto) := n if {
	n := network.number(proto, 0, 255)
} else := _numbers[proto]

_numbers := {
	"igmp": 2, "ipencap": 4, "egp": 8, "ipv6": 41, "gre": 47, "esp": 50, "ipsec-esp": 50, "ah": 51, "ipsec-ah": 51,
	"ospf": 89, "ipip": 94, "pim": 103, "vrrp": 112, "l2tp": 115,
}

_icmp_text("icmp", _, "") := "meta l4proto icmp"

_icmp_text("icmp", _, "any") := "meta l4proto icmp"

_icmp_text("icmpv6", _, "") := "meta l4proto ipv6-icmp"

_icmp_text(word, _, text) := sprintf("%s type %d", [word, network.number(text, 0, 255)])

_icmp_text(_, names, text) := names[text]

_icmp4 := {
	"echo-reply": "icmp type echo-reply",
	"echo-request": "icmp type echo-request",
	"destination-unreachable": "icmp type destination-unreachable",
	"network-unreachable": "icmp type destination-unreachable icmp code net-unreachable",
	"host-unreachable": "icmp type destination-unreachable icmp code host-unreachable",
	"protocol-unreachable": "icmp type destination-unreachable icmp code prot-unreachable",
	"port-unreachable": "icmp type destination-unreachable icmp code port-unreachable",
	"fragmentation-needed": "icmp type destination-unreachable icmp code frag-needed",
	"source-quench": "icmp type source-quench",
	"redirect": "icmp type redirect",
	"router-advertisement": "icmp type router-advertisement",
	"router-solicitation": "icmp type router-solicitation",
	"time-exceeded": "icmp type time-exceeded",
	"parameter-problem": "icmp type parameter-problem",
	"timestamp-request": "icmp type timestamp-request",
	"timestamp-reply": "icmp type timestamp-reply",
}

_icmp6 := {
	"destination-unreachable": "icmpv6 type destination-unreachable",
	"packet-too-big": "icmpv6 type packet-too-big",
	"time-exceeded": "icmpv6 type time-exceeded",
	"parameter-problem": "icmpv6 type parameter-problem",
	"echo-request": "icmpv6 type echo-request",
	"echo-reply": "icmpv6 type echo-reply",
	"router-solicitation": "icmpv6 type nd-router-solicit",
	"router-advertisement": "icmpv6 type nd-router-advert",
	"neighbor-solicitation": "icmpv6 type nd-neighbor-solicit",
	"neighbour-solicitation": "icmpv6 type nd-neighbor-solicit",
	"neighbor-advertisement": "icmpv6 type nd-neighbor-advert",
	"neighbour-advertisement": "icmpv6 type nd-neighbor-advert",
	"redirect": "icmpv6 type nd-redirect",
}

# Ports: one match for each range, so that ranges that overlap are no error. A list with a part
# that is no port gives nothing.
_ports("", _, _) := [""]

_ports(text, side, proto) := [sprintf("%s %s %s", [proto, side, p]) | some p in parts] if {
	text != ""
	words := split(text, ",")
	parts := [p | some w in words; p := _port(w)]
	count(parts) == count(words)
}

_port(text) := sprintf("%d", [network.number(text, 0, 65535)])

_port(text) := sprintf("%d-%d", [low, high]) if {
	[from, to] := split(text, ":")
	low := network.number(from, 0, 65535)
	high := network.number(to, 0, 65535)
	low < high
}

_port(text) := _services[text]

_services := {
	"ssh": "22", "smtp": "25", "domain": "53", "http": "80", "pop3": "110", "ntp": "123", "imap2": "143", "snmp": "161",
	"ldap": "389", "https": "443", "submission": "587", "ldaps": "636", "imaps": "993", "pop3s": "995", "nfs": "2049",
	"mysql": "3306", "postgresql": "5432",
}

# Addresses.

_addresses("", _, _) := _none

_addresses(text, side, names) := matches(resolved, side) if {
	text != ""
	resolved := _resolve(text, names)
}

# METADATA
# title: Matches for a list of addresses
# description: |
#  Elements {family, text}; side is saddr or daddr, an address with ! is an exception.
#  Networks that overlap are joined, because a set of nftables refuses them.
matches(list, side) := array.concat(array.concat(_networks(list, "ip", side), _networks(list, "ip6", side)), [{"family": family, "text": sprintf("%s %s %s", [family, side, range])} |
	some range in list
	contains(range, "-")
	family := _family(range)
])

_networks(list, family, side) := [{"family": family, "text": trim_space(sprintf("%s %s", [_braced(family, side, networks), _except(list, family, side)]))} |
	networks := {n | some n in list; _network(n, family)}
	count(networks) > 0
]

_network(text, family) if {
	not contains(text, "-")
	not startswith(text, "!")
	_family(text) == family
}

_braced(family, side, networks) := sprintf("%s %s { %s }", [family, side, concat(", ", sort(net.cidr_merge(networks)))])

_except(list, family, side) := sprintf("%s %s != { %s }", [family, side, concat(", ", sort(net.cidr_merge(networks)))]) if {
	networks := {n | some raw in list; startswith(raw, "!"); n := trim_prefix(raw, "!"); _family(n) == family}
	count(networks) > 0
} else := ""

_family(text) := "ip6" if contains(text, ":")

_family(text) := "ip" if not contains(text, ":")

# A list of addresses, networks, ranges and aliases, or one set. Undefined when a part is unknown.
_resolve(text, names) := list if {
	startswith(text, "+")
	list := set_of(trim_prefix(lower(text), "+"), names)
} else := list if {
	words := split(text, ",")
	found := [a | some w in words; a := _address(w, names.aliases)]
	count(found) == count(words)
	list := found
}

_address(text, _) := _full(text)

_address(text, _) := text if {
	[low, high] := split(text, "-")
	network.ip(low)
	network.ip(high)
	_family(low) == _family(high)
}

_address(text, aliases) := _alias(lower(text), aliases) if not network.ip(text)

_alias(name, aliases) := address if {
	address := aliases[name]
} else := local_network if {
	name in {"local_network", "dc/local_network"}
}

_full(text) := concat("", [text, "/32"]) if {
	network.ipv4(text)
} else := concat("", [text, "/128"]) if {
	network.ipv6(text)
} else := text if {
	network.cidr(text)
}

# METADATA
# title: What names in rules of the datacenter stand for
# description: |
#  aliases are name → address, sets are name → {entries, aliases} with the aliases
#  that its entries may use. A name that a file gives twice stands for nothing.
datacenter := names_in(_file.cluster.index, "dc", {"aliases": {}, "sets": _of_networks}) if {
	_file.cluster
} else := {"aliases": {}, "sets": _of_networks}

# Sets that PVE makes of the subnets of virtual networks. A subnet without a network that is understood would leave a hole.
_of_networks := {lower(sprintf("sdn/%s-%s", [id, kind])): {"entries": entries, "aliases": {}} |
	some id, own in _subnets
	count([1 | some s in own; s.network == ""]) == 0
	networks := sort({s.network | some s in own})
	gateways := sort({text | some s in own; text := s.properties.gateway.property.value; network.ip(text)})
	some kind, entries in {
		"all": networks,
		"gateway": gateways,
		"no-gateway": array.concat(networks, [concat("", ["!", g]) | some g in gateways]),
	}
}

_subnets[s.vnet] contains s if {
	some s in sdn.subnets
	sdn.vnets[s.vnet]
}

# METADATA
# title: What names stand for where a file of the firewall says its own
# description: The file's index, the word before its names, and the names that hold where it says nothing.
names_in(i, scope, below) := {
	"aliases": aliases,
	"sets": object.union(object.remove(below.sets, object.keys(places)), object.union(own, {sprintf("%s/%s", [scope, name]): s | some name, s in own})),
} if {
	values := object.get(_alias_values, i, {})
	known := {name: address | some name, addresses in values; count(addresses) == 1; some address in addresses}
	aliases := object.union(object.remove(below.aliases, object.keys(values)), object.union(known, {sprintf("%s/%s", [scope, name]): address | some name, address in known}))
	places := object.get(_set_places, i, {})
	own := {name: {"entries": input.network.firewall[i].ipsets[j].entries, "aliases": aliases} |
		some name, indexes in places
		count(indexes) == 1
		some j in indexes
	}
}

_alias_values[i][lower(p.key)] contains _full(p.value) if {
	some i, f in input.network.firewall
	some p in f.aliases
}

_set_places[i][lower(s.name)] contains j if {
	some i, f in input.network.firewall
	some j, s in f.ipsets
}

_aliases := datacenter.aliases

# METADATA
# title: Entries of an address set
# description: |
#  Exceptions keep their !. Undefined where the set is not there, an entry is
#  unknown, or an address is let in again below an exception, since the kernel
#  goes by the longest prefix and a filter by its order.
set_of(name, names) := list if {
	s := names.sets[name]
	list := [a | some e in s.entries; a := _entry(e, s.aliases)]
	count(list) == count(s.entries)
	allowed := [a | some a in list; not startswith(a, "!")]
	count(allowed) > 0
	exceptions := [trim_prefix(a, "!") | some a in list; startswith(a, "!")]
	count([e |
		some e in exceptions
		some a in allowed
		not contains(a, "-")
		_family(a) == _family(e)
		net.cidr_contains(e, a)
	]) == 0
}

_entry(text, aliases) := _address(text, aliases) if not startswith(text, "!")

_entry(text, aliases) := concat("", ["!", _full_or_alias(trim_prefix(text, "!"), aliases)]) if startswith(text, "!")

# An exception is an address or a network.
_full_or_alias(text, aliases) := address if {
	address := _address(text, aliases)
	not contains(address, "-")
}

# METADATA
# title: The network that PVE counts as its own
# description: That of the address that the node's name stands for.
local_network := _aliases.local_network if {
	_aliases.local_network
} else := networks[0] if {
	networks := [a |
		some h in input.network.hosts
		input.host.name in h.names
		network.ip(h.address)
		some name, list in network.addresses
		some a in list
		_family(a) == _family(h.address)
		net.cidr_contains(a, h.address)
	]
	count(networks) > 0
}

# METADATA
# title: Where management comes from
# description: Addresses of the set management and the own network; undefined where one of them is unknown.
management := list if {
	_set_named("management")
	list := array.concat([local_network], set_of("management", datacenter))
}

management := [local_network] if not _set_named("management")

_set_named(name) if {
	some s in _file.cluster.file.ipsets
	lower(s.name) == name
	count(s.entries) > 0
}

# METADATA
# title: Addresses that are refused before all rules
blocked := set_of("blacklist", datacenter)

# METADATA
# title: Whether there is a list of refused addresses that is not understood
blocked_unknown if {
	_set_named("blacklist")
	not blocked
}

# METADATA
# title: Addresses of the other nodes of the cluster
peers := {full |
	some n in input.cluster.nodes
	not n.local
	some a in n.addresses
	full := _full(a)
}

# METADATA
# title: Combinations of flags that no connection has
impossible_flags := [
	"tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop",
	"tcp flags & (fin | syn | rst | psh | ack | urg) == 0x0 drop",
	"tcp flags & (syn | rst) == syn | rst drop",
	"tcp flags & (fin | syn) == fin | syn drop",
	"tcp sport 0 tcp flags & (fin | syn | rst | ack) == syn drop",
]

# METADATA
# title: Everything in the files of the datacenter and this node
# description: scope → pointers of all accountable nodes
nodes[scope] := pointers if {
	some scope, f in _file
	pointers := file_nodes(f.file, f.at)
}

# METADATA
# title: Pointers of all accountable nodes of a firewall file
file_nodes(file, at) := union({
	{sprintf("%s/%s/%d", [at, part, j]) | some part in ["options", "aliases", "ipsets", "groups", "rules"]; some j, _ in file[part]},
	{sprintf("%s/groups/%d/rules/%d", [at, j, k]) | some j, g in file.groups; some k, _ in g.rules},
})

# METADATA
# title: What 24.11 does before it checks tables
# description: |
#  Its check knows no bridges: it reads tables of family bridge as such of family inet,
#  which lacks the matches of ARP and the names of bridges alone.
as_inet := `sed -e '/^ *include /d' -e 's/^ *table bridge pve-\(guests\|networks\) {$/table inet pve-\1 {/' -e '/arp saddr ip/d' -e '/meta ibrname/d' -i ruleset.conf
`
