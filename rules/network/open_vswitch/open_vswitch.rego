# METADATA
# scope: package
# title: Open vSwitch bridges
# description: |
#  Makes each bridge of Open vSwitch with its ports, internal ports and bonds
#  before systemd-networkd starts, which then gives addresses to the bridge and
#  its internal ports. Tags, trunks and bond options go to ovs-vsctl only where each
#  word is one of a known form; hardware addresses are pinned.
# custom:
#  sources:
#   - https://search.nixos.org/options?query=networking.vswitches
#   - https://man7.org/linux/man-pages/man5/ovs-vswitchd.conf.db.5.html
#   - https://pve.proxmox.com/wiki/Open_vSwitch
package rules.network.open_vswitch

import data.lib.network

_bridges[name] := n if {
	some name, n in network.interfaces
	n.kind == "ovs-bridge"
}

_switch(bridge, path) := array.concat(["networking", "vswitches", bridge], path)

settings contains {"at": [n.at], "option": ["virtualisation", "vswitch", "enable"], "value": true} if {
	some n in _bridges
}

settings contains {
	"at": sort({n.at} | _port_lines(bridge)),
	"option": _switch(bridge, ["interfaces"]),
	"value": {},
} if {
	some bridge, n in _bridges
}

_port_lines(bridge) := network.options_at(bridge, {"ovs-type", "ovs-ports"}) if {
	network.members_known(bridge)
} else := network.options_at(bridge, {"ovs-type"})

_ports[bridge] contains port if {
	some bridge, _ in _bridges
	some port in network.joined[bridge]
	not _bond(port)
}

_bonds[bridge] contains port if {
	some bridge, _ in _bridges
	some port in network.joined[bridge]
	_bond(port)
}

_bond(port) if network.interfaces[port].kind == "ovs-bond"

_internal(port) if network.interfaces[port].kind == "ovs-int-port"

# A port that has neither tag nor type still has to be named.
settings contains {
	"at": _at(port, bridge, {"ovs-type", "ovs-bridge"}),
	"option": _switch(bridge, ["interfaces", port]),
	"value": {},
} if {
	some bridge, ports in _ports
	some port in ports
}

settings contains {
	"at": _at(port, bridge, {"ovs-type", "ovs-bridge"}),
	"option": _switch(bridge, ["interfaces", port, "type"]),
	"value": "internal",
} if {
	some bridge, ports in _ports
	some port in ports
	_internal(port)
}

settings contains {
	"at": _at(port, bridge, _options(port)),
	"option": _switch(bridge, ["interfaces", port, "vlan"]),
	"value": tag,
} if {
	some bridge, ports in _ports
	some port in ports
	some word in _words(port)
	startswith(word, "tag=")
	tag := network.number(trim_prefix(word, "tag="), 0, 4095)
}

_at(port, _, keys) := network.at(port, keys) if {
	network.interfaces[port]
} else := [network.interfaces[bridge].at | some bridge in [network.master[port]]]

# The option is claimed where each of its words is understood.
_options(port) := {"ovs-options"} if {
	every word in _words(port) {
		_known(word)
	}
} else := set()

_words(port) := [w |
	some text in network.values[port]["ovs-options"]
	some w in split(text, " ")
	w != ""
]

_known(word) if regex.match(`^tag=[0-9]{1,4}$`, word)

_known(word) if regex.match(`^trunks=[0-9]{1,4}(,[0-9]{1,4})*$`, word)

_known(word) if regex.match(`^vlan_mode=(access|trunk|native-tagged|native-untagged|dot1q-tunnel)$`, word)

_known(word) if regex.match(`^bond_mode=(active-backup|balance-slb|balance-tcp)$`, word)

_known(word) if regex.match(`^lacp=(active|passive|off)$`, word)

_known(word) if regex.match(`^bond_(up|down)delay=[0-9]{1,6}$`, word)

_known(word) if regex.match(`^other_config:[a-z0-9-]+=[A-Za-z0-9.-]+$`, word)

# Commands for ovs-vsctl. Bonds come first, since the others speak of ports that are there.
settings contains {
	"at": sort(union({c.at | some c in commands})),
	"option": _switch(bridge, ["extraOvsctlCmds"]),
	"value": concat("\n", [c.text | some c in commands]),
} if {
	some bridge, _ in _bridges
	commands := array.concat(_adding(bridge), _setting(bridge))
	count(commands) > 0
}

_set(list) := {p | some p in list}

_adding(bridge) := [c |
	some bond in object.get(_bonds, bridge, set())
	slaves := network.members[bond]
	count(slaves) > 0
	c := {
		"text": concat(" ", array.concat(array.concat(["add-bond", bridge, bond], slaves), [w | some w in _words(bond); _known(w)])),
		"at": _set(network.at(bond, {"ovs-type", "ovs-bridge", "ovs-bonds", "bond-slaves", "bond-mode"} | _options(bond))),
	}
]

_setting(bridge) := [{"text": t, "at": a} | some [t, a] in sort(object.get(_settings, bridge, set()))]

_settings[bridge] contains [sprintf(`set bridge %s other-config:hwaddr=\"%s\"`, [bridge, network.mac(bridge)]), _set(network.at(bridge, {"hwaddress"}))] if {
	some bridge, _ in _bridges
}

_settings[bridge] contains [sprintf(`set interface %s mac=\"%s\"`, [port, network.mac(port)]), _set(network.at(port, {"hwaddress"}))] if {
	some bridge, ports in _ports
	some port in ports
	_internal(port)
}

_settings[bridge] contains [sprintf("set interface %s mtu_request=%d", [name, mtu]), _set(network.at(name, {"mtu", "ovs-mtu"}))] if {
	some bridge, _ in _bridges
	some name in ({bridge} | object.get(_ports, bridge, set()))
	mtu := network.interfaces[name].mtu
	mtu >= 68
	mtu <= 65535
}

# A bond has no MTU, its members have.
_settings[bridge] contains [sprintf("set interface %s mtu_request=%d", [slave, mtu]), _set(network.at(bond, {"mtu", "ovs-mtu"}))] if {
	some bridge, bonds in _bonds
	some bond in bonds
	mtu := network.interfaces[bond].mtu
	mtu >= 68
	mtu <= 65535
	some slave in network.members[bond]
}

_settings[bridge] contains [concat(" ", array.concat(["set port", port], words)), _set(_at(port, bridge, _options(port)))] if {
	some bridge, ports in _ports
	some port in ports
	words := [w | some w in _words(port); _known(w); not startswith(w, "tag=")]
	count(words) > 0
}

# METADATA
# title: Bridges that one controller of a plain address rules
# description: bridge → {at, controllers, secure}; of several the module of NixOS would keep the last.
controlled := object.union_n([{b.name: {"at": sprintf("/network/ovs/bridges/%d", [i]), "controllers": b.controllers, "secure": object.get(b, "fail_mode", "") == "secure"}} |
	some i, b in input.network.ovs.bridges
	_bridges[b.name]
	count(b.controllers) == 1
	regex.match(`^tcp:(\[[0-9A-Fa-f:]+\]|[0-9.]+)(:[0-9]{1,5})?$`, b.controllers[0])
])

settings contains {"at": sort({c.at, _bridges[bridge].at}), "option": _switch(bridge, ["controllers"]), "value": c.controllers} if some bridge, c in controlled

_settings[bridge] contains [sprintf("set-fail-mode %s secure", [bridge]), _set([c.at])] if {
	some bridge, c in controlled
	c.secure
}

# ovs_extra: only assignments to records, and only of plain words.
_settings[bridge] contains [text, _set([p])] if {
	some bridge, _ in _bridges
	some name in ({bridge} | object.get(network.joined, bridge, set()))
	n := network.interfaces[name]
	some j, option in n.options
	option.key == "ovs-extra"
	texts := [_assignment(trim_space(part), name) | some part in split(option.value, " -- ")]
	count(texts) == count(split(option.value, " -- "))
	text := concat("\n", texts)
	p := sprintf("%s/options/%d", [n.at, j])
}

_assignment(text, name) := command if {
	command := regex.replace(text, `\$\{IFACE\}|\$IFACE\b`, name)
	regex.match(`^set (bridge|port|interface|Bridge|Port|Interface) [A-Za-z0-9_][A-Za-z0-9_.-]{0,14}( [a-z_]+(:[a-z0-9-]+)?=[A-Za-z0-9_.,-]+)+$`, command)
}

# Mirrors and limits: records that name each other, all in the one call that makes the bridge, where a name that is not
# there would undo the rest. Names hold for the whole call, so that only one option may give them.
_settings[bridge] contains [concat("\n", texts), {p}] if {
	some bridge, named in _naming
	count(named) == 1
	some p, value in named
	parts := split(trim_prefix(trim_space(value), "-- "), " -- ")
	texts := [text | some part in parts; text := _record(trim_space(regex.replace(part, `[ \t]+`, " ")), {bridge} | object.get(network.joined, bridge, set()))]
	count(texts) == count(parts)
}

_naming[bridge][sprintf("%s/options/%d", [n.at, j])] := regex.replace(option.value, `\$\{IFACE\}|\$IFACE\b`, name) if {
	some bridge, _ in _bridges
	some name in ({bridge} | object.get(network.joined, bridge, set()))
	n := network.interfaces[name]
	some j, option in n.options
	option.key == "ovs-extra"
	contains(option.value, "--id=")
}

_record(text, known) := text if {
	[[_, port]] := regex.find_all_string_submatch_n(`^--id=@[A-Za-z][A-Za-z0-9_]{0,30} get [Pp]ort ([A-Za-z0-9_.-]+)$`, text, 1)
	port in known
}

_record(text, _) := text if {
	regex.match(`^--id=@[A-Za-z][A-Za-z0-9_]{0,30} create [Mm]irror( (name=[A-Za-z0-9_-]+|select[-_]all=(true|false)|(select[-_](src|dst)[-_]port|output[-_]port)=@[A-Za-z0-9_]+(,@[A-Za-z0-9_]+)*|(select|output)[-_]vlan=[0-9]{1,4}(,[0-9]{1,4})*))+$`, text)
}

_record(text, _) := text if {
	regex.match(`^--id=@[A-Za-z][A-Za-z0-9_]{0,30} create ([Qq]o[Ss]|[Qq]ueue)( (type=linux-(htb|hfsc)|other[-_]config:[a-z-]+=[0-9]+|queues(:[0-9]+)?=(@[A-Za-z0-9_]+|[0-9]+=@[A-Za-z0-9_]+(,[0-9]+=@[A-Za-z0-9_]+)*)))+$`, text)
}

_record(text, known) := text if {
	[[_, name]] := regex.find_all_string_submatch_n(`^set (?:[Bb]ridge|[Pp]ort) ([A-Za-z0-9_.-]+) (?:mirrors|qos)=@[A-Za-z0-9_]+(?:,@[A-Za-z0-9_]+)*$`, text, 1)
	name in known
}

_record(text, known) := text if {
	[[_, name]] := regex.find_all_string_submatch_n(`^add [Bb]ridge ([A-Za-z0-9_.-]+) mirrors @[A-Za-z0-9_]+$`, text, 1)
	name in known
}
