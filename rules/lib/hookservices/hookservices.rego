# METADATA
# title: Commands of interfaces that a service may run
# description: |
#  Commands of up and down lines, and settings of cards, that are left when all
#  has been said in options, as the command lines of a service without a shell.
#  A command is taken only where its program and each of its words are of a known
#  form; what could take the network down, or shut out whoever manages the host,
#  is of no such form. What belongs together is taken as a whole or not at all.
package lib.hookservices

import data.lib.facts
import data.lib.hooks
import data.lib.network

# METADATA
# title: Services by interface and topic
# description: |
#  interface → topic (hardware, filter, other or link) → {at, start, stop, device,
#  scripts}. start and stop are values of ExecStart and ExecStop; link are
#  settings of the card that are no commands.
services[name][topic] := {
	"at": sort(at),
	"start": _commands(name, topic, "up"),
	"stop": _commands(name, topic, "down"),
	"device": _device(name),
	"scripts": {path | some p in at; some path in _scripts[p]},
} if {
	some name, topics in hooks.remaining
	_link(name)
	some topic, at in topics
	_whole(topic, at)
	count(_commands(name, topic, "up")) > 0
}

services[name].link := {
	"at": sort({l.at | some l in found}),
	"start": array.concat(_speed(name, found), [c | some l in found; some c in _setting(name, l)]),
	"stop": [],
	"device": _device(name),
	"scripts": set(),
} if {
	some name, found in cards
	_link(name)
	every l in found {
		_said(name, l)
	}
}

_device(name) := sprintf("sys-subsystem-net-devices-%s.device", [replace(name, "-", `\x2d`)])

# A bond of Open vSwitch is no device of the kernel.
_link(name) if network.interfaces[name].kind != "ovs-bond"

_whole("hardware", at) if every p in at {
	_runs[p]
}

_whole("other", at) if every p in at {
	_runs[p]
}

# Half a filter is none: one line that cannot be run keeps back those of all interfaces.
_whole("filter", _) if every at in _filters {
	_runs[at]
	_link(hooks.left[at].name)
}

_filters contains at if {
	some topics in hooks.remaining
	some at in topics.filter
}

_runs[at] := commands if {
	some at, l in hooks.left
	count(l.parts) > 0
	commands := [c | some part in _unwrapped(l.parts); c := _command(part)]
	count(commands) == count(l.parts)
}

# A line in parentheses is one in a shell of its own.
_unwrapped(parts) := array.concat(
	array.concat([trim_space(trim_prefix(parts[0], "("))], array.slice(parts, 1, count(parts) - 1)),
	[trim_space(trim_suffix(parts[count(parts) - 1], ")"))],
) if {
	count(parts) > 1
	startswith(parts[0], "(")
	endswith(parts[count(parts) - 1], ")")
} else := parts

_commands(name, topic, when) := [c |
	some at in _ordered(hooks.remaining[name][topic])
	hooks.left[at].when == when
	some c in _runs[at]
]

# Pointers in the order of the file.
_ordered(pointers) := [p | some [_, p] in sort([[to_number(regex.replace(p, `^.*/`, "")), p] | some p in pointers])]

# A command that fails does not keep back those after it, as with ifupdown2.
_command(part) := {"_concat": ["-", {"_ref": _package[program]}, sprintf("/bin/%s", [part])]} if {
	program := split(part, " ")[0]
	_allowed(program, part)
} else := {"_concat": ["-", {"_ref": ["pkgs", "runtimeShell"]}, sprintf(` -c "echo %s > %s"`, [value, path])]} if {
	[value, path] := _written(part)
} else := concat("", ["-", part]) if {
	_script(part)
}

_package := {
	"bridge": ["pkgs", "iproute2"],
	"devlink": ["pkgs", "iproute2"],
	"ethtool": ["pkgs", "ethtool"],
	"ip": ["pkgs", "iproute2"],
	"ip6tables": ["pkgs", "iptables"],
	"iptables": ["pkgs", "iptables"],
	"modprobe": ["pkgs", "kmod"],
	"tc": ["pkgs", "iproute2"],
}

# Cards.

_allowed("ethtool", part) if {
	regex.match(`^ethtool (-[KGACLNUXs]|--(offload|features|set-ring|pause|coalesce|set-channels|change|set-eee|set-fec|set-priv-flags|config-nfc|config-ntuple|rxfh|set-rxfh-indir)) [A-Za-z0-9_][A-Za-z0-9_.-]{0,14}( [A-Za-z0-9][A-Za-z0-9_.,:/+-]*)+$`, part)
}

_allowed("devlink", part) if {
	regex.match(`^devlink (dev (eswitch|param) set|port (function|param) set)( [A-Za-z0-9][A-Za-z0-9_.,:/+-]*)+$`, part)
}

_allowed("modprobe", part) if regex.match(`^modprobe( -[aqs]+)?( [A-Za-z0-9_-]+)+$`, part)

# What systemd-networkd does not look after and does not take back.
_allowed("ip", part) if {
	regex.match(`^ip link set( dev)? [A-Za-z0-9_][A-Za-z0-9_.-]{0,14}( up| (mtu|txqueuelen|txqlen|gso_max_size|gso_max_segs|gro_max_size) [0-9]{1,9}| (promisc|multicast|allmulticast|arp) (on|off)| vf [0-9]{1,3}| (mac) [0-9A-Fa-f:]{17}| (vlan|qos|max_tx_rate|min_tx_rate) [0-9]{1,9}| (spoofchk|trust|query_rss) (on|off)| state (auto|enable|disable))+$`, part)
}

_allowed("ip", part) if {
	regex.match(`^ip link set( (mtu|txqueuelen) [0-9]{1,9})+ dev [A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$`, part)
}

_allowed("bridge", part) if {
	regex.match(`^bridge fdb (add|append|replace|del) [0-9A-Fa-f:]{17}( (dev|dst|vlan|vni|via|src_vni|port) [A-Za-z0-9_][A-Za-z0-9_.:-]*| (self|master|static|permanent|dynamic|local|router|use))+$`, part)
}

_allowed("bridge", part) if {
	regex.match(`^bridge link set dev [A-Za-z0-9_][A-Za-z0-9_.-]{0,14}( (learning|flood|hairpin|guard|fastleave|root_block|mcast_flood|bcast_flood|neigh_suppress|isolated|mcast_to_unicast) (on|off))+$`, part)
}

# A queue may slow traffic down, and is what it was before.
_allowed("tc", part) if {
	regex.match(`^tc (qdisc|class|filter) (add|replace|change|del) dev [A-Za-z0-9_][A-Za-z0-9_.-]{0,14}( [A-Za-z0-9][A-Za-z0-9_.,:/+-]*)+$`, part)
}

# Filters.

_allowed(program, part) if {
	program in {"iptables", "ip6tables"}
	regex.match(`^ip6?tables( -w)?( -t (nat|mangle|raw|filter))?( -w)? -[AID] [A-Z]+( [0-9]{1,4})?( (!|-{0,2}[A-Za-z0-9][A-Za-z0-9_.,:/+=-]*))+$`, part)
	not regex.match(` (-(P|F|X|Z|N|E|R|S|L|g)|--goto|--match-set) `, part)
	[[_, target]] := regex.find_all_string_submatch_n(` (?:-j|--jump) (\S+)`, part, 2)
	target in _targets
	[[_, table]] := regex.find_all_string_submatch_n(` -t ([a-z]+) `, concat("", [part, " -t filter "]), 1)
	[[_, chain]] := regex.find_all_string_submatch_n(` -[AID] ([A-Z]+) `, part, 1)
	_kept_open(table, chain, part)
}

_kept_open("nat", chain, _) if chain in {"PREROUTING", "POSTROUTING", "OUTPUT"}

_kept_open("mangle", chain, part) if {
	chain in {"PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"}
	not _refuses(part)
}

_kept_open("raw", chain, part) if {
	chain in {"PREROUTING", "OUTPUT"}
	not _refuses(part)
}

_kept_open("filter", "FORWARD", _)

_kept_open("filter", chain, part) if {
	chain in {"INPUT", "OUTPUT"}
	not _refuses(part)
}

# A refusal is run where it names ports, and none of those that the host is managed by.
_kept_open("filter", "INPUT", part) if {
	_refuses(part)
	[[_, ports]] := regex.find_all_string_submatch_n(` --dports? ([0-9,]+)(?: |$)`, part, 1)
	every port in split(ports, ",") {
		not port in {"22", "8006", "18006"}
	}
}

_refuses(part) if regex.match(` (-j|--jump) (DROP|REJECT)`, part)

# Chains of the host's own are not among them: they would not be there.
_targets := {
	"ACCEPT", "CHECKSUM", "CLASSIFY", "CONNMARK", "CT", "DNAT", "DROP", "DSCP", "LOG", "MARK", "MASQUERADE", "NETMAP",
	"NOTRACK", "REDIRECT", "REJECT", "RETURN", "SNAT", "TCPMSS", "TOS", "TTL",
}

# Values that are written into the kernel's own files.

_written(part) := [value, path] if {
	[[_, value, path]] := regex.find_all_string_submatch_n(`^echo(?: -n)? ([A-Za-z0-9_.:-]{1,64}) ?> ?(/sys/(?:class/net|bus/pci/devices|bus/pci/drivers|module|class/infiniband)/[A-Za-z0-9_.:/-]+|/proc/sys/net/[A-Za-z0-9_./-]+)$`, part, 1)
	not regex.match(`(^|/)\.\.?(/|$)|//`, path)
	not regex.match(`/(unbind|remove|remove_id|reset|rescan|new_id)$`, path)
}

# Scripts of this host, with plain words behind them.

_script(part) if {
	path := split(part, " ")[0]
	path in _of_host
	regex.match(`^/[^ ]+( [A-Za-z0-9_-][A-Za-z0-9_.,:/+=-]*)*$`, part)
}

_of_host contains f.path if {
	some f in input.local_files
	f.kind == "script"
	f.state == "local"
	regex.match(`^/(etc|opt|root|srv|usr/local)/[A-Za-z0-9_.,:@+=/-]+$`, f.path)
	facts.plain_path(f.path)
}

_scripts[at] contains path if {
	some at, l in hooks.left
	some part in _unwrapped(l.parts)
	_script(part)
	path := split(part, " ")[0]
}

# Settings of cards, as ifupdown2 and Debian's scripts hand them to ethtool.

_words := `^(link-(speed|duplex|autoneg|fec|lanes)|(gro|gso|tso|lro|ufo|rx|tx)-offload|rx-vlan-filter|offload-[a-z]+|ethernet-(wol|port|pause-[a-z]+)|hardware-(dma-ring|irq-coalesce)-[a-z-]+|(generic-receive|generic-segmentation|large-receive|tcp-segmentation|udp-fragmentation)-offload)$`

# METADATA
# title: Lines of interfaces that set up the card
# description: interface → list of {at, key, value} in the order of the file
cards[name] := found if {
	some name, n in network.interfaces
	found := [{"at": sprintf("%s/options/%d", [n.at, j]), "key": p.key, "value": object.get(p, "value", "")} |
		some j, p in n.options
		regex.match(_words, p.key)
		not _usual(p)
	]
	count(found) > 0
}

# Cards negotiate the speed unless they are told not to.
_usual(p) if {
	p.key == "link-autoneg"
	lower(p.value) in {"on", "yes"}
}

_said(_, l) if _link_word(l)

_said(name, l) if _setting(name, l)

# These go together: one without the other is refused by many cards.
_link_word(l) := ["speed", l.value] if {
	l.key == "link-speed"
	network.number(l.value, 10, 1000000)
} else := ["duplex", lower(l.value)] if {
	l.key == "link-duplex"
	lower(l.value) in {"full", "half"}
} else := ["autoneg", word] if {
	l.key == "link-autoneg"
	word := _on_off[lower(l.value)]
}

_speed(name, found) := [_ethtool(array.concat(["-s", name], [w | some l in found; some w in _link_word(l)]))] if {
	some l in found
	_link_word(l)
} else := []

_ethtool(list) := {"_concat": ["-", {"_ref": ["pkgs", "ethtool"]}, sprintf("/bin/ethtool %s", [concat(" ", list)])]}

_on_off := {"on": "on", "yes": "on", "1": "on", "true": "on", "off": "off", "no": "off", "0": "off", "false": "off"}

_long := {
	"generic-receive": "gro", "generic-segmentation": "gso", "large-receive": "lro",
	"tcp-segmentation": "tso", "udp-fragmentation": "ufo",
}

_setting(name, l) := [_ethtool(["-K", name, feature, _on_off[lower(l.value)]])] if {
	feature := _feature(l.key)
} else := [_ethtool(["--set-fec", name, "encoding", lower(l.value)])] if {
	l.key == "link-fec"
	lower(l.value) in {"auto", "off", "rs", "baser", "llrs"}
} else := [_ethtool(["-s", name, "lanes", l.value])] if {
	l.key == "link-lanes"
	network.number(l.value, 1, 16)
} else := [_ethtool(["-s", name, "wol", l.value])] if {
	l.key == "ethernet-wol"
	regex.match(`^[pumbagsfd]{1,8}$`, l.value)
} else := [_ethtool(["-s", name, "port", l.value])] if {
	l.key == "ethernet-port"
	l.value in {"tp", "aui", "bnc", "mii", "fibre", "da"}
} else := [_ethtool(["-A", name, trim_prefix(l.key, "ethernet-pause-"), _on_off[lower(l.value)]])] if {
	l.key in {"ethernet-pause-autoneg", "ethernet-pause-rx", "ethernet-pause-tx"}
} else := [_ethtool(["-G", name, trim_prefix(l.key, "hardware-dma-ring-"), l.value])] if {
	l.key in {"hardware-dma-ring-rx", "hardware-dma-ring-tx", "hardware-dma-ring-rx-mini", "hardware-dma-ring-rx-jumbo"}
	network.number(l.value, 1, 1000000)
} else := [_ethtool(["-C", name, trim_prefix(l.key, "hardware-irq-coalesce-"), l.value])] if {
	startswith(l.key, "hardware-irq-coalesce-")
	regex.match(`^([0-9]{1,9}|on|off)$`, l.value)
}

_feature("rx-vlan-filter") := "rx-vlan-filter"

_feature(key) := _long[trim_suffix(key, "-offload")]

_feature(key) := trim_suffix(key, "-offload") if key in {"gro-offload", "gso-offload", "tso-offload", "lro-offload", "ufo-offload", "rx-offload", "tx-offload"}

_feature(key) := trim_prefix(key, "offload-") if startswith(key, "offload-")
