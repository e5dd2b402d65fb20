# METADATA
# title: Firewalls of guests in the words of nftables
# description: |
#  Which guests of this node PVE filters, and what its chains of their network
#  cards amount to in a table of family bridge. A guest is said as a whole or not
#  at all: half a filter would look like one.
package lib.guestfilters

import data.lib.domaincards
import data.lib.facts
import data.lib.firewall
import data.lib.incus
import data.lib.lxc
import data.lib.network
import data.lib.sdn

_local[sprintf("%d", [vmid])] := g if some vmid, g in facts.guests

# METADATA
# title: Firewall files of guests of this node
# description: vmid as text → {at, index, file}; the last of several
files[f.name] := {"at": sprintf("/network/firewall/%d", [i]), "index": i, "file": f} if {
	some i, f in input.network.firewall
	f.scope == "guest"
	_local[f.name]
	not _again(i, f.name)
}

_again(i, name) if {
	some k, f in input.network.firewall
	k > i
	f.scope == "guest"
	f.name == name
}

# METADATA
# title: Options in the file of a guest
# description: vmid as text → key → value
options[name] := {p.key: p.value |
	some j, p in f.file.options
	count([1 | some k, q in f.file.options; k > j; q.key == p.key]) == 0
} if {
	some name, f in files
}

# METADATA
# title: Network cards that ask for the firewall
# description: vmid as text → key → {at, property}. A card without a bridge is on no network that PVE filters.
cards[name] := {key: c |
	some key, c in _local[name].config
	regex.match(`^net[0-9]{1,2}$`, key)
	facts.truthy(facts.field(c.property, "firewall"))
	facts.field(c.property, "bridge")
} if {
	some name, _ in files
}

# METADATA
# title: Guests whose firewall acts
# description: It does with its own switch and on network cards that ask for it.
active contains name if {
	firewall.guests_on
	some name, _ in files
	options[name].enable == "1"
	count(cards[name]) > 0
}

# METADATA
# title: Pointers of all that the firewalls of these guests say
# description: Their files, and the security groups that they name.
nodes(names) := union({firewall.file_nodes(files[name].file, files[name].at) | some name in names}) | {p |
	some name in names
	some r in files[name].file.rules
	r.direction == "GROUP"
	g := firewall.groups[lower(r.action)]
	some p in ({g.at} | {sprintf("%s/rules/%d", [g.at, k]) | some k, _ in g.rules})
}

# METADATA
# title: Name of a card's device on the host
# description: That of PVE, and the same on every target.
device(name, key) := sprintf("veth%si%s", [name, substring(key, 3, -1)]) if {
	_local[name].guest.type == "lxc"
} else := sprintf("tap%si%s", [name, substring(key, 3, -1)])

# Cards whose device has that name on the target.
_named(name, key) if {
	data.target == "incus"
	incus.cards_of[to_number(name)][key]
}

_named(name, key) if {
	data.target != "incus"
	_local[name].guest.type == "lxc"
	lxc.cards[to_number(name)][substring(key, 3, -1)]
}

_named(name, key) if {
	data.target == "libvirt"
	_local[name].guest.type == "qemu"
	domaincards.list[to_number(name)][key]
}

_named(name, _) if {
	data.target == "proxmox"
	_local[name].guest.type == "qemu"
}

# A bridge of Open vSwitch itself hands nothing to nftables.
_bridge_of_kernel(name) if network.interfaces[name].kind == "bridge"

_bridge_of_kernel(name) if name in sdn.here

# Where PVE stays, it puts a bridge of the kernel between such a card and Open vSwitch.
_bridge_of_kernel(name) if {
	data.target == "proxmox"
	network.interfaces[name].kind == "ovs-bridge"
}

_switches := {"enable", "dhcp", "ndp", "radv", "macfilter", "ipfilter"}

_policies := {"policy_in", "policy_out"}

_levels := {"log_level_in", "log_level_out"}

# METADATA
# title: What a guest's firewall says that has no words in the table
# description: vmid as text → texts for a reader
obstacles[name] contains sprintf("%s: %s", [key, value]) if {
	some name in active
	some key, value in options[name]
	not _said(key, value)
}

_said(key, value) if {
	key in _switches
	value in {"0", "1"}
}

_said(key, value) if {
	key in _policies
	value in {"ACCEPT", "DROP", "REJECT"}
}

_said(key, value) if {
	key in _levels
	value in object.keys(_level)
}

_said("layer2_protocols", value) if {
	every word in split(value, ",") {
		_frames[lower(trim_space(word))]
	}
}

# Kinds of frames by the names of /etc/ethertypes; those of IP are decided by the rules.
_frames := {
	"ipv4": "", "ipv6": "", "loop": "0x0060", "x25": "0x0805", "arp": "arp", "rarp": "0x8035", "aarp": "0x80f3",
	"ipx": "0x8137", "netbeui": "0x8191", "ppp_disc": "0x8863", "ppp_ses": "0x8864", "mpls_uni": "0x8847",
	"mpls_multi": "0x8848", "atalk": "0x809b", "lldp": "0x88cc",
}

_level := {
	"nolog": "", "emerg": "emerg", "alert": "alert", "crit": "crit", "err": "err",
	"warning": "warn", "notice": "notice", "info": "info", "debug": "debug",
}

obstacles[name] contains sprintf("%s: not on a bridge of the kernel", [key]) if {
	some name in active
	some key, c in cards[name]
	bridge := facts.field(c.property, "bridge")
	not _bridge_of_kernel(bridge)
}

obstacles[name] contains sprintf("%s: no device of a known name", [key]) if {
	some name in active
	some key, _ in cards[name]
	not takes_name(name, key)
}

# METADATA
# title: Whether a card's device has that name
takes_name(name, key) if {
	_named(name, key)
	facts.interface_name(device(name, key))
}

obstacles[name] contains sprintf("%s: hardware address", [key]) if {
	some name in active
	some key, c in cards[name]
	not _mac(c)
}

obstacles[name] contains sprintf("ipfilter of %s", [key]) if {
	some name in active
	some key, _ in cards[name]
	_filters_addresses(name, key)
	not _allowed(name, key)
}

obstacles[name] contains sprintf("rule %d: %s", [j + 1, concat(" ", [w | some w in [r.direction, object.get(r, "macro", ""), r.action]; w != ""])]) if {
	some name in active
	some j, r in files[name].file.rules
	r.enabled
	not _rule_lines[name][j]
}

obstacles[name] contains "blacklist" if {
	firewall.blocked_unknown
	some name in active
}

obstacles[name] contains "ebtables: 0" if {
	firewall.options.cluster.ebtables.value == "0"
	some name in active
}

# METADATA
# title: Guests whose firewall becomes part of the table
translated := {name | some name in active} - object.keys(obstacles)

# METADATA
# title: Guests whose firewall is lost
lost := active & object.keys(obstacles)

# METADATA
# title: Cards that the table filters
# description: Elements {guest, key, device}, sorted
filtered := [{"guest": name, "key": key, "device": device(name, key)} |
	some name in translated
	some key, _ in cards[name]
]

# METADATA
# title: Why guests are lost, in one line
reasons := concat("; ", sort([sprintf("%s: %s", [name, concat(", ", sort(obstacles[name]))]) | some name in lost]))

_mac(c) := lower(mac) if {
	some word in ["macaddr", "hwaddr"]
	mac := facts.field(c.property, word)
	network.unicast_mac(mac)
}

_names[name] := firewall.names_in(files[name].index, "guest", firewall.datacenter) if some name in active

_on(name, key, missing) if object.get(options[name], key, missing) == "1"

# Addresses of a card.

_filters_addresses(name, _) if _on(name, "ipfilter", "0")

_filters_addresses(name, key) if _set_name(key) in _sets[name]

_set_name(key) := sprintf("ipfilter-%s", [key])

_sets[name] contains lower(s.name) if {
	some name in active
	some s in files[name].file.ipsets
}

# Undefined where a set has exceptions or names that lead nowhere.
_allowed(name, key) := list if {
	list := array.concat(_listed(name, key), _configured(cards[name][key]))
	every a in list {
		not startswith(a, "!")
	}
}

_listed(name, key) := [] if {
	not _set_name(key) in object.get(_sets, name, set())
} else := [] if {
	count(_names[name].sets[_set_name(key)].entries) == 0
} else := firewall.set_of(_set_name(key), _names[name])

# Those of a container are in its configuration.
_configured(c) := [full |
	some word, length in {"ip": "/32", "ip6": "/128"}
	address := split(facts.field(c.property, word), "/")[0]
	network.ip(address)
	full := concat("", [address, length])
]

# The address that a card makes from its hardware address.
_link_local(c) := sprintf("fe80::%s%s:%sff:fe%s:%s%s", [first, b[1], b[2], b[3], b[4], b[5]]) if {
	b := split(_mac(c), ":")
	first := sprintf("%02x", [bits.xor(_byte(b[0]), 2)])
}

_byte(text) := (indexof(_digits, substring(text, 0, 1)) * 16) + indexof(_digits, substring(text, 1, 1))

_digits := "0123456789abcdef"

_of_family(list, "ip6") := [a | some a in list; contains(a, ":")]

_of_family(list, "ip") := [a | some a in list; not contains(a, ":")]

_except(family, list) := sprintf("%s saddr != { %s } drop", [family, _joined(list)]) if {
	count(list) > 0
} else := sprintf("ether type %s drop", [family])

# Networks that overlap are no set; ranges stay as they are.
_joined(list) := concat(", ", array.concat(
	sort(net.cidr_merge([a | some a in list; not contains(a, "-")])),
	sort({a | some a in list; contains(a, "-")}),
))

_address_lines(name, key) := [] if {
	not _filters_addresses(name, key)
} else := array.concat(
	[
		_except("ip", _of_family(list, "ip")),
		_except("ip6", array.concat(_of_family(list, "ip6"), [own])),
	],
	[line |
		# An address of the link that a wider network lets in is still only the card's own.
		some a in _of_family(list, "ip6")
		not contains(a, "-")
		net.cidr_contains(a, "fe80::/10")
		line := sprintf("ip6 saddr fe80::/10 ip6 saddr != { %s } drop", [_joined(array.concat([n | some n in list; _link_wide(n)], [own]))])
	],
) if {
	list := _allowed(name, key)
	own := concat("", [_link_local(cards[name][key]), "/128"])
}

_link_wide(a) if {
	contains(a, ":")
	not contains(a, "-")
	net.cidr_contains("fe80::/10", a)
}

# What it may say about itself to its neighbours: only where addresses are named.
_neighbour_lines(name, key) := [sprintf("arp saddr ip != { %s } drop", [_joined(list)])] if {
	_filters_addresses(name, key)
	list := _of_family(_spoken(name, key), "ip")
	count(list) > 0
} else := []

_spoken(name, key) := _allowed(name, key) if {
	_on(name, "ipfilter", "0")
} else := _listed(name, key)

# Rules.

# A refusal cannot be sent from the place where the table sees a packet to a guest.
_verdict := {"ACCEPT": "accept", "DROP": "drop", "REJECT": "drop"}

# name → index → card, or "" for all → direction → lines
_rule_lines[name][j] := {"key": key, "IN": _one("IN", [r], name), "OUT": _one("OUT", [r], name)} if {
	some name in active
	some j, r in files[name].file.rules
	r.enabled
	r.direction in {"IN", "OUT"}
	key := _card_word(r)
	_understood(r, name)
}

_rule_lines[name][j] := {"key": key, "IN": _one("IN", inner, name), "OUT": _one("OUT", inner, name)} if {
	some name in active
	some j, r in files[name].file.rules
	r.enabled
	r.direction == "GROUP"
	key := _card_word(r)
	every o in r.options {
		o.name in {"i", "log"}
	}
	group := firewall.groups[lower(r.action)]
	inner := [g | some g in group.rules; g.enabled]
	every g in inner {
		g.direction in {"IN", "OUT"}
		_card_word(g) == ""
		_understood(g, name)
	}
}

_understood(r, name) if firewall.said(r, "", _names[name], _verdict)

_one(direction, list, name) := [line |
	some r in list
	r.direction == direction
	some line in firewall.said(r, "", _names[name], _verdict)
]

_card_word(r) := word if {
	words := [o.value | some o in r.options; o.name == "i"]
	count(words) == 1
	word := words[0]
	regex.match(`^net[0-9]{1,2}$`, word)
} else := "" if {
	every o in r.options {
		o.name != "i"
	}
}

_own_rules(name, key, direction) := [line |
	some j, _ in files[name].file.rules
	entry := _rule_lines[name][j]
	entry.key in {"", key}
	some line in entry[direction]
]

# METADATA
# title: Guests that refuse something
# description: By a rule that is in force or a policy; it becomes silence.
refusing contains name if {
	some name in translated
	some key in _policies
	options[name][key] == "REJECT"
}

refusing contains name if {
	some name in translated
	some r in files[name].file.rules
	r.enabled
	"REJECT" in _actions(r)
}

_actions(r) := {r.action} if {
	r.direction != "GROUP"
} else := {g.action | some g in firewall.groups[lower(r.action)].rules; g.enabled}

# Chains.

_connections := array.concat(_invalid, ["ct state { established, related } accept"])

_invalid := [] if {
	firewall.options.node.nf_conntrack_allow_invalid.value == "1"
} else := ["ether type { ip, ip6 } ct state invalid drop"]

# What is no IP goes by the hardware address alone.
_other := ["ether type != { ip, ip6 } accept"]

# What a guest may send beside IP, where its file says so.
_other_sent(name) := _other if {
	not options[name].layer2_protocols
} else := array.concat(
	[sprintf("ether type { %s } accept", [concat(", ", types)]) | count(types) > 0],
	["ether type != { ip, ip6 } drop"],
) if {
	types := sort({type | some word in split(options[name].layer2_protocols, ","); type := _frames[lower(trim_space(word))]; type != ""})
}

_dhcp(name, direction) := {
	"OUT": ["ether type ip udp sport 68 udp dport 67 accept", "ether type ip6 udp sport 546 udp dport 547 accept"],
	"IN": ["ether type ip udp sport 67 udp dport 68 accept", "ether type ip6 udp sport 547 udp dport 546 accept"],
}[direction] if {
	_on(name, "dhcp", "1")
} else := []

_hardware(name, key) := [sprintf("ether saddr != %s drop", [_mac(cards[name][key])])] if {
	_on(name, "macfilter", "1")
} else := []

_routers(name) := [] if {
	_on(name, "radv", "0")
} else := ["icmpv6 type nd-router-advert drop"]

_discovery(name, _) := [] if not _on(name, "ndp", "1")

_discovery(name, "IN") := ["icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept"] if _on(name, "ndp", "1")

_discovery(name, "OUT") := ["icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept"] if {
	_on(name, "ndp", "1")
	not _on(name, "radv", "0")
}

_discovery(name, "OUT") := ["icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept"] if {
	_on(name, "ndp", "1")
	_on(name, "radv", "0")
}

# Before the rules of a guest come those that the host has for all.
_from_outside := array.concat(array.concat(_blocked, _smurfs), _flags)

_blocked := [concat(" ", [m.text, "drop"]) | some m in firewall.matches(firewall.blocked, "saddr")] if {
	firewall.blocked
} else := []

_smurfs := [] if {
	firewall.options.node.nosmurfs.value == "0"
} else := ["ip saddr { 224.0.0.0/4, 255.255.255.255 } drop"]

_flags := [] if {
	not firewall.options.node.tcpflags.value == "1"
} else := firewall.impossible_flags

_policy(name, "IN") := object.get(options[name], "policy_in", "DROP")

_policy(name, "OUT") := object.get(options[name], "policy_out", "ACCEPT")

_tail(name, direction) := ["accept"] if _policy(name, direction) == "ACCEPT"

_tail(name, direction) := array.concat(
	[
		"meta pkttype { broadcast, multicast } drop",
		"icmp type time-exceeded accept",
		"icmp type destination-unreachable icmp code frag-needed accept",
		"icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept",
	],
	array.concat(_log(name, direction), ["drop"]),
) if {
	_policy(name, direction) != "ACCEPT"
}

_log(name, direction) := [sprintf(`limit rate 1/second burst 5 packets log prefix "guest %s %s: " level %s`, [name, lower(direction), level])] if {
	level := _level[options[name][sprintf("log_level_%s", [lower(direction)])]]
	level != ""
} else := []

_sent(f) := array.concat(
	array.concat(array.concat(_connections, _dhcp(f.guest, "OUT")), array.concat(_hardware(f.guest, f.key), _neighbour_lines(f.guest, f.key))),
	array.concat(
		array.concat(_other_sent(f.guest), array.concat(_routers(f.guest), _address_lines(f.guest, f.key))),
		array.concat(_discovery(f.guest, "OUT"), array.concat(_own_rules(f.guest, f.key, "OUT"), _tail(f.guest, "OUT"))),
	),
)

_received(f) := array.concat(
	array.concat(array.concat(_other, _connections), array.concat(_from_outside, _dhcp(f.guest, "IN"))),
	array.concat(_discovery(f.guest, "IN"), array.concat(_own_rules(f.guest, f.key, "IN"), _tail(f.guest, "IN"))),
)

_chain(name, lines) := array.concat(array.concat([sprintf("chain %s {", [name])], [concat("", ["  ", line]) | some line in lines]), ["}"])

# Before the bridge decides, and after conntrack; where br_netfilter is in use it takes
# packets away from chains of the priority 0.
_entry(chain, hook, side, ending) := _chain(chain, [
	sprintf("type filter hook %s priority -100; policy accept;", [hook]),
	sprintf("%s vmap { %s }", [side, concat(", ", [sprintf(`"%s" : goto %s-%s`, [f.device, f.device, ending]) | some f in filtered])]),
])

# METADATA
# title: Text of the table
content := concat("\n", array.concat(
	array.concat(
		[line | some f in filtered; some line in _chain(sprintf("%s-sent", [f.device]), _sent(f))],
		[line | some f in filtered; some line in _chain(sprintf("%s-received", [f.device]), _received(f))],
	),
	array.concat(_entry("from-guests", "prerouting", "iifname", "sent"), _entry("to-guests", "postrouting", "oifname", "received")),
)) if {
	count(filtered) > 0
}
