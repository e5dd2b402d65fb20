# METADATA
# title: Commands of interfaces that say something simple
# description: |
#  Reads up, post-up and the like as a shell would read the few forms that have
#  a translation: routes, rules that choose a table, addresses, sysctl, and the masquerading of Proxmox's own manual.
#  A line is understood as a whole or not at all, and no text of a line ever
#  becomes a command again.
package lib.hooks

import data.lib.configfiles
import data.lib.network
import data.lib.sysctl

_up := {"pre-up", "up", "post-up"}

_down := {"pre-down", "down", "post-down"}

# METADATA
# title: Lines with commands
# description: pointer → {name, when, parts}; parts are the commands of the line, normalised
lines[at] := {"name": name, "when": when, "text": p.value, "parts": _parts(p.value, name)} if {
	some name, n in network.interfaces
	some j, p in n.options
	some when, keys in {"up": _up, "down": _down}
	p.key in keys
	p.value != ""
	at := sprintf("%s/options/%d", [n.at, j])
}

# Commands joined by && or ; are read one by one; a failure that is ignored does not matter.
_parts(text, name) := [part |
	some raw in regex.split(`\s*(?:&&|;)\s*`, regex.replace(trim_space(text), `\s*\|\|\s*(true|:)\s*$`, ""))
	part := _normal(raw, name)
	part != ""
]

_normal(raw, name) := regex.replace(
	regex.replace(regex.replace(regex.replace(trim_space(raw), `\$\{IFACE\}|\$IFACE\b`, name), `["']([A-Za-z0-9_./:+-]+)["']`, "$1"), `^(/usr)?/s?bin/`, ""),
	`\s+`,
	" ",
)

# METADATA
# title: What a command means
# description: |
#  Element {"kind": route, rule, address, link, sysctl, nat or nothing, …}. Undefined for commands
#  that have no translation.
meaning(part, name) := {"kind": "route", "device": device, "route": route} if {
	regex.match(_route, part)
	device := _word(part, "dev", name)
	network.networks[device]
	_table_known(part)
	route := _route_of(part)
} else := {"kind": "rule", "device": name, "rule": rule} if {
	rule := _rule_of(part)
} else := {"kind": "address", "device": device, "address": address} if {
	[address, device] := _address(part, name)
	network.networks[device]
	not network.enslaved(device)
} else := {"kind": "route", "device": vrf, "route": {"Type": "unreachable", "Destination": "0.0.0.0/0", "Table": network.vrfs[vrf], "Metric": number}} if {
	[[verb, vrf, metric]] := _unreachable(part)
	verb == "add"
	number := network.number(metric, 1, 4294967295)
} else := {"kind": "nothing"} if {
	[[verb, vrf, _]] := _unreachable(part)
	verb == "del"
	network.vrfs[vrf]
} else := {"kind": "link", "path": path, "value": value} if {
	[key, text] := _assignment(part)
	parts := split(key, ".")
	parts[0] == "net"
	parts[1] == "ipv6"
	parts[2] == "conf"
	parts[3] == name
	count(_assigned[key]) == 1
	[path, value] := _link[parts[4]][text]
} else := {"kind": "sysctl", "key": key, "value": value} if {
	[key, text] := _assignment(part)
	not regex.match(`^net\.ipv6\.conf\.[^.]+\.(accept_ra|autoconf|disable_ipv6)$`, key)
	count(_assigned[key]) == 1
	value := network.number(text, 0, 4294967295)
	object.get(sysctl.effective, key, value) == value
} else := {"kind": "nat", "rule": rule} if {
	rule := _nat(part)
}

# Routes.

_route := `^ip(?: -[46])? (?:route|ro|r) (?:add|replace|append) (?:default|[0-9A-Fa-f.:]+(?:/[0-9]{1,3})?)(?: via [0-9A-Fa-f.:]+| dev [A-Za-z0-9_.-]{1,15}| metric [0-9]{1,9}| src [0-9A-Fa-f.:]+| table [A-Za-z0-9_.-]{1,32}| onlink| proto static| scope (?:link|global|host))*$`

# What PVE writes for the routing domain of an EVPN zone; systemd-networkd makes no such route by itself.
_unreachable(part) := [array.slice(found, 1, 4) | some found in regex.find_all_string_submatch_n(`^ip route (add|del) vrf ([A-Za-z0-9_.-]{1,15}) unreachable default metric ([0-9]{1,10})$`, part, 1)]

_word(part, key, missing) := word if {
	found := regex.find_all_string_submatch_n(sprintf(` %s (\S+)`, [key]), part, 1)
	count(found) > 0
	word := found[0][1]
} else := missing

_route_of(part) := object.union_n([
	_destination(part),
	_gateway(part),
	{k: v | some [k, v] in [["PreferredSource", _word(part, "src", "")]]; network.ip(v)},
	{k: n | some [k, v] in [["Metric", _word(part, "metric", "")]]; n := network.number(v, 1, 4294967295)},
	{"Table": n | n := _table(_word(part, "table", ""))},
	{"GatewayOnLink": true | endswith(part, " onlink")},
	{"GatewayOnLink": true | contains(part, " onlink ")},
	{"Scope": v | some v in [_word(part, "scope", "")]; v != ""},
])

_target(part) := regex.find_all_string_submatch_n(`(?:add|replace|append|del|delete) (\S+)`, part, 1)[0][1]

_destination(part) := {"Destination": _any(part)} if {
	_target(part) == "default"
} else := {"Destination": target} if {
	target := _target(part)
	network.cidr(target)
} else := {"Destination": concat("", [target, "/32"])} if {
	target := _target(part)
	network.ipv4(target)
} else := {"Destination": concat("", [target, "/128"])} if {
	target := _target(part)
	network.ipv6(target)
}

_any(part) := "::/0" if {
	startswith(part, "ip -6 ")
} else := "::/0" if {
	contains(_word(part, "via", ""), ":")
} else := "0.0.0.0/0"

_gateway(part) := {} if {
	_word(part, "via", "") == ""
} else := {"Gateway": gateway} if {
	gateway := _word(part, "via", "")
	network.ip(gateway)
}

# Tables go by a number, or by a name that the host gives to one.

_table(word) := network.number(word, 1, 4294967295) if {
	network.number(word, 1, 4294967295)
} else := _named_tables[word]

_named_tables := object.union({"main": 254, "default": 253, "local": 255}, {name: number |
	some name, numbers in _table_numbers
	count(numbers) == 1
	some number in numbers
})

_table_numbers[line.value] contains number if {
	some line in configfiles.below("/etc/iproute2/rt_tables")
	number := network.number(line.key, 1, 4294967295)
}

_table_known(part) if _word(part, "table", "") == ""

_table_known(part) if _table(_word(part, "table", ""))

# Rules that choose a table. Each word is said once, and one without a table chooses none.

_rule := `^ip(?: -[46])? (?:rule|ru) add(?: (?:from|to) (?:all|[0-9A-Fa-f.:]+(?:/[0-9]{1,3})?)| (?:fwmark) [0-9]{1,10}| (?:iif|oif) [A-Za-z0-9_][A-Za-z0-9_.-]{0,14}| (?:table|lookup) [A-Za-z0-9_.-]{1,32}| (?:priority|preference|pref|prio|order) [0-9]{1,10})+$`

_rule_of(part) := object.union_n([
	{"Table": table},
	{key: place | some [key, word] in [["From", "from"], ["To", "to"]]; place := _place(_word(part, word, "all"))},
	{"FirewallMark": mark | mark := network.number(_word(part, "fwmark", ""), 1, 4294967295)},
	{key: device | some [key, word] in [["IncomingInterface", "iif"], ["OutgoingInterface", "oif"]]; device := _word(part, word, ""); device != ""},
	{"Priority": number | some word in ["priority", "preference", "pref", "prio", "order"]; number := network.number(_word(part, word, ""), 1, 4294967295)},
	{"Family": "ipv6" | startswith(part, "ip -6 ")},
]) if {
	regex.match(_rule, part)
	table := _table(_word(part, "table", _word(part, "lookup", "")))
	said := [w | some w in split(part, " "); _rule_words[w]]
	count(said) == count({_rule_words[w] | some w in said})
	every word in ["from", "to"] {
		_placed(_word(part, word, "all"))
	}
	_marked(_word(part, "fwmark", ""))
}

_rule_words := {
	"from": "from", "to": "to", "fwmark": "fwmark", "iif": "iif", "oif": "oif", "table": "table", "lookup": "table",
	"priority": "priority", "preference": "priority", "pref": "priority", "prio": "priority", "order": "priority",
}

_placed("all")

_placed(text) if _place(text)

_marked("")

_marked(text) if network.number(text, 1, 4294967295)

_place(text) := text if {
	network.cidr(text)
} else := concat("", [text, "/32"]) if {
	network.ipv4(text)
} else := concat("", [text, "/128"]) if {
	network.ipv6(text)
}

# More addresses.

_address(part, name) := [address, device] if {
	[[_, text, owner]] := regex.find_all_string_submatch_n(`^ip(?: -[46])? (?:address|addr|a) (?:add|replace) ([0-9A-Fa-f.:]+(?:/[0-9]{1,3})?)(?: dev ([A-Za-z0-9_][A-Za-z0-9_.-]{0,14}))?$`, part, 1)
	address := _place(text)
	device := [w | some w in [owner, name]; w != ""][0]
}

# Settings of the kernel.

_assignment(part) := [key, value] if {
	[[_, key, value]] := regex.find_all_string_submatch_n(`^sysctl(?: -[wqe]+)* (net(?:\.[A-Za-z0-9_-]+){2,5}) ?= ?([0-9]{1,10})$`, part, 1)
} else := [key, value] if {
	[[_, value, path]] := regex.find_all_string_submatch_n(`^echo(?: -n)? ([0-9]{1,10}) ?> ?/proc/sys/(net(?:/[A-Za-z0-9_-]+){2,5})$`, part, 1)
	key := replace(path, "/", ".")
}

# Values that any line gives to a key: where they differ, nobody knows which one stays.
_assigned[key] contains text if {
	some l in lines
	l.when == "up"
	some part in l.parts
	[key, text] := _assignment(part)
}

# What systemd-networkd does itself with an interface: a value of the kernel would be overwritten.
_link := {
	"accept_ra": {
		"0": [["networkConfig", "IPv6AcceptRA"], false],
		"1": [["networkConfig", "IPv6AcceptRA"], true],
		"2": [["networkConfig", "IPv6AcceptRA"], true],
	},
	"disable_ipv6": {"1": [["networkConfig", "LinkLocalAddressing"], "no"]},
	"autoconf": {
		"0": [["ipv6AcceptRAConfig", "UseAutonomousPrefix"], false],
		"1": [["ipv6AcceptRAConfig", "UseAutonomousPrefix"], true],
	},
}

# Address translation, the forms of the manual.

_nat(part) := {"chain": "postrouting", "text": sprintf(`ip saddr %s oifname "%s" masquerade`, [net, out])} if {
	[[_, net, out]] := regex.find_all_string_submatch_n(`^iptables -t nat -[AI] POSTROUTING -s ([0-9./]+) -o ([A-Za-z0-9_.-]{1,15}) -j MASQUERADE$`, part, 1)
	_net4(net)
} else := {"chain": "postrouting", "text": sprintf(`ip saddr %s masquerade`, [net])} if {
	[[_, net]] := regex.find_all_string_submatch_n(`^iptables -t nat -[AI] POSTROUTING -s ([0-9./]+) -j MASQUERADE$`, part, 1)
	_net4(net)
} else := {"chain": "postrouting", "text": sprintf(`oifname "%s" masquerade`, [out])} if {
	[[_, out]] := regex.find_all_string_submatch_n(`^iptables -t nat -[AI] POSTROUTING -o ([A-Za-z0-9_.-]{1,15}) -j MASQUERADE$`, part, 1)
} else := {"chain": "postrouting", "text": sprintf(`ip saddr %s oifname "%s" snat to %s`, [net, out, to])} if {
	[[_, net, out, to]] := regex.find_all_string_submatch_n(`^iptables -t nat -[AI] POSTROUTING -s ([0-9./]+) -o ([A-Za-z0-9_.-]{1,15}) -j SNAT --to(?:-source)? ([0-9.]+)$`, part, 1)
	_net4(net)
	network.ipv4(to)
} else := {"chain": "prerouting", "text": sprintf(`iifname "%s" %s dport %s dnat to %s`, [in_, proto, port, to])} if {
	[[_, in_, proto, port, to]] := regex.find_all_string_submatch_n(`^iptables -t nat -[AI] PREROUTING -i ([A-Za-z0-9_.-]{1,15}) -p (tcp|udp) (?:-m (?:tcp|udp) )?--dport ([0-9]{1,5}) -j DNAT --to(?:-destination)? ([0-9.]+(?::[0-9]{1,5})?)$`, part, 1)
	network.number(port, 1, 65535)
	network.ipv4(split(to, ":")[0])
	every p in array.slice(split(to, ":"), 1, 2) {
		network.number(p, 1, 65535)
	}
}

_net4(text) if {
	network.cidr(text)
	not contains(text, ":")
}

_net4(text) if network.ipv4(text)

# METADATA
# title: Lines of up commands that are understood as a whole
# description: pointer → {name, meanings}
understood[at] := {"name": l.name, "meanings": meanings} if {
	some at, l in lines
	l.when == "up"
	count(l.parts) > 0
	network.networks[l.name]
	meanings := [m | some part in l.parts; m := meaning(part, l.name)]
	count(meanings) == count(l.parts)
}

# METADATA
# title: Lines of down commands that only undo what an understood line did
# description: Routes, settings and filters go with the interface, or with the host.
undoing[at] := l.name if {
	some at, l in lines
	l.when == "down"
	count(l.parts) > 0
	every part in l.parts {
		_undoes(part, l.name)
	}
}

_undoes(part, name) if {
	regex.match(`^ip(?: -[46])? (?:route|ro|r) (?:del|delete) [0-9A-Fa-f.:/a-z]+( (via|dev|metric|table) [A-Za-z0-9_.:-]+)*$`, part)
	some m in _done[name]
	m.kind == "route"
	m.route.Destination == _destination(part).Destination
}

_undoes(part, name) if {
	some m in _done[name]
	m.kind == "rule"
	m.rule == _rule_of(regex.replace(part, ` (del|delete) `, " add "))
}

_undoes(part, name) if {
	some m in _done[name]
	m.kind == "address"
	[m.address, m.device] == _address(regex.replace(part, ` (del|delete) `, " add "), name)
}

_undoes(part, name) if {
	[key, _] := _assignment(part)
	some m in _done[name]
	m.kind == "sysctl"
	m.key == key
}

_undoes(part, name) if {
	some m in _done[name]
	m.kind == "nat"
	m.rule == _nat(regex.replace(part, ` -D (PREROUTING|POSTROUTING) `, " -A $1 "))
}

_done[name] contains m if {
	some u in understood
	name := u.name
	some m in u.meanings
}

# METADATA
# title: What the lines say of an option of an interface's .network file
# description: interface → option → value
said[u.name][concat(".", m.path)] := m.value if {
	some u in understood
	some m in u.meanings
	m.kind == "link"
}

# METADATA
# title: Lines that nothing was made of
# description: pointer → line
left[at] := l if {
	some at, l in lines
	not understood[at]
	not undoing[at]
}

# METADATA
# title: What a line is about
# description: |
#  zones, filter, hardware or other. zones are the lines that keep PVE's bridges
#  of guests' firewalls apart in the table of connections.
topic(l) := "zones" if {
	count(l.parts) > 0
	every part in l.parts {
		regex.match(`^ip6?tables -t raw -[AID] PREROUTING -i fwbr\+ -j CT --zone [0-9]+$`, part)
	}
} else := "filter" if {
	regex.match(`(^|[\s/;&|])(ip6?tables|ebtables|arptables|nft|ipset)(-[a-z]+)?\s`, l.text)
} else := "hardware" if {
	regex.match(`(^|[\s/;&|])(ethtool|devlink|mii-tool)\s|sriov_numvfs`, l.text)
} else := "other"

# METADATA
# title: Lines that nothing was made of, by interface and topic
# description: interface → topic → pointers
remaining[l.name][topic(l)] contains at if some at, l in left

# METADATA
# title: The first of some lines, as a reader should see it
shown(pointers) := substring(left[sort(pointers)[0]].text, 0, 160)
