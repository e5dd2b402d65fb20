# METADATA
# title: The network as the rules translate it
# description: |
#  Interfaces by name with their options by key, who belongs to whom, and what
#  of a text may become an address, a number or a MAC address of an option.
#  Text that does not fit is not in here, so that no rule can print it; rules of
#  findings look at what is missing.
package lib.network

import data.lib.facts

# METADATA
# title: Kinds of interfaces that have a translation
kinds := {
	"physical", "vlan", "bond", "bridge", "dummy", "loopback",
	"ovs-bridge", "ovs-port", "ovs-int-port", "ovs-bond",
	"vrf", "vxlan",
}

# METADATA
# title: Whether the kernel's links were seen
live if "network.live" in facts.known

# METADATA
# title: Live links by name
links[name] := object.union(input.network.links[i], {"at": sprintf("/network/links/%d", [i])}) if {
	some name, indexes in _links
	i := min(indexes)
}

_links[l.name] contains i if {
	some i, l in input.network.links
	facts.interface_name(l.name)
}

_by_alternative[alternative] contains l.name if {
	some l in input.network.links
	facts.interface_name(l.name)
	some alternative in l.alt_names
	not links[alternative]
}

# METADATA
# title: The name that the kernel uses for an interface
# description: The link whose alternative name it is, else the name itself; undefined for a name that the kernel would refuse.
real(name) := owner if {
	owners := _by_alternative[name]
	count(owners) == 1
	some owner in owners
} else := name if {
	facts.interface_name(name)
}

# METADATA
# title: Configured interfaces by the name that the kernel uses
# description: Only kinds that have a translation and names that the kernel takes; of a name that repeats, the first.
interfaces[name] := object.union(n, {"at": sprintf("/network/interfaces/%d", [i]), "index": i}) if {
	some name, indexes in _indexes
	i := min(indexes)
	n := input.network.interfaces[i]
	_translated(n)
}

_translated(n) if n.kind in kinds

# A tunnel is of no kind of its own in the file.
_translated(n) if {
	n.kind == "other"
	some p in n.options
	p.key == "tunnel-mode"
}

_indexes[real(n.name)] contains i if some i, n in input.network.interfaces

# METADATA
# title: Texts of an interface's options
# description: name → key → the values in order, secrets left out
values[name][key] := texts if {
	some name, keys in option_at
	some key, _ in keys
	texts := [p.value |
		some p in interfaces[name].options
		p.key == key
		p.value != ""
	]
}

# METADATA
# title: Pointers of an interface's options
# description: name → key → pointers
option_at[name][p.key] contains sprintf("%s/options/%d", [n.at, j]) if {
	some name, n in interfaces
	some j, p in n.options
}

# METADATA
# title: The value that counts of an option with only one
value(name, key) := values[name][key][0]

# METADATA
# title: An interface and those of its options that a setting expresses
at(name, keys) := sort({interfaces[name].at} | options_at(name, keys))

# METADATA
# title: Options of an interface that a setting expresses
options_at(name, keys) := {p |
	some key in keys
	some p in option_at[name][key]
}

# METADATA
# title: Name of the unit files of an interface
unit(name) := sprintf("10-%s", [name])

# METADATA
# title: Path of an option of systemd.network.networks
network(name, path) := array.concat(["systemd", "network", "networks", unit(name)], path)

# METADATA
# title: Path of an option of systemd.network.netdevs
netdev(name, path) := array.concat(["systemd", "network", "netdevs", unit(name)], path)

# Members. A member that has no stanza is brought up with its master all the same.

# METADATA
# title: Members of bridges and bonds
# description: master → names of members in order, patterns replaced by the live ports
members[name] := array.concat(plain, found) if {
	some name, n in interfaces
	listed := array.concat(n.ports, n.slaves)
	plain := [real(p) | some p in listed; facts.interface_name(p)]
	found := [l.name |
		count([p | some p in listed; pattern(p)]) > 0
		some l in input.network.links
		l.master == name
		facts.interface_name(l.name)
		not l.kind in {"tun", "veth"}
		not l.name in plain
	]
}

# METADATA
# title: Whether a port is a pattern for names instead of a name
pattern(port) if regex.match(`^(regex|glob) |[*?\[\]]`, port)

_masters[port] contains name if {
	some name, ports in members
	some port in ports
	port != name
}

_masters[name] contains n.ovs_bridge if {
	some name, n in interfaces
	n.kind in {"ovs-port", "ovs-int-port", "ovs-bond"}
	facts.interface_name(n.ovs_bridge)
}

# METADATA
# title: The bridge or bond that an interface belongs to
# description: Where several name it, the one that it is in now, else the first of the file.
master[port] := name if {
	some port, names in _masters
	configured := {n | some n in names; interfaces[n]}
	count(configured) > 0
	name := _choice(port, configured)
}

_choice(port, names) := links[port].master if {
	links[port].master in names
} else := [n | some n in names; interfaces[n].index == min({interfaces[m].index | some m in names})][0]

# METADATA
# title: Interfaces that more than one bridge or bond names
contested[port] := names if {
	some port, names in _masters
	count(names) > 1
}

# METADATA
# title: Whether an interface is a member of a bridge or bond of the kernel
# description: ifupdown2 gives it no addresses.
enslaved(name) if interfaces[master[name]].kind in {"bridge", "bond"}

# METADATA
# title: Members of a bridge or bond after all conflicts
# description: master → names, sorted
joined[name] contains port if some port, name in master

# METADATA
# title: VLAN devices that can be made
# description: name → {id, parent}
vlans[name] := {"id": n.vlan_id, "parent": parent} if {
	some name, n in interfaces
	n.kind == "vlan"
	n.vlan_id >= 1
	n.vlan_id <= 4094
	parent := real(n.vlan_raw_device)
	parent != name
	not vlan_protocol_given(name)
}

# METADATA
# title: Tags of guests on bridges that do not filter VLANs
# description: |
#  Bridge of the tag → {bridge, tag, at}, at being the cards of guests of this node.
#  PVE makes that bridge when such a guest starts, with a VLAN device on each port.
tagged[tag_bridge(bridge, tag)] := {"bridge": bridge, "tag": tag, "at": at} if {
	some [bridge, tag], at in _tagged
}

_tagged[[bridge, tag]] contains c.at if {
	some g in facts.guests
	some key, c in g.config
	regex.match(`^net[0-9]{1,2}$`, key)
	tag := number(facts.field(c.property, "tag"), 1, 4094)
	bridge := facts.field(c.property, "bridge")
	tag_bridge(bridge, tag)
}

# METADATA
# title: The bridge that PVE makes for a tag
# description: Of bridges of the kernel that do not filter VLANs; undefined for others.
tag_bridge(bridge, tag) := sprintf("%sv%d", [bridge, tag]) if {
	interfaces[bridge].kind == "bridge"
	not interfaces[bridge].vlan_aware
}

# METADATA
# title: VLAN devices on the ports of a bridge for a tag
# description: |
#  Bridge of the tag → device → port. PVE takes cards, bonds and VLAN devices for
#  ports that lead outside.
tag_ports[name][sprintf("%s.%d", [port, t.tag])] := port if {
	some name, t in tagged
	some port in joined[t.bridge]
	object.get(interfaces, port, {"kind": "physical"}).kind in {"physical", "bond", "vlan"}
}

# METADATA
# title: Bridges of tags that can be made
# description: |
#  No name is too long or in use for something else, and there is a port. A VLAN
#  device that is configured already is taken by PVE too; one with an address or in
#  another bridge is in the way.
tag_bridges contains name if {
	some name, devices in tag_ports
	facts.interface_name(name)
	not interfaces[name]
	every device, port in devices {
		_free(device, port, tagged[name].tag)
	}
}

_free(device, _, _) if {
	facts.interface_name(device)
	not interfaces[device]
}

_free(device, port, tag) if {
	vlans[device] == {"id": tag, "parent": port}
	not service_tagged(device)
	not master[device]
	count(addresses[device]) == 0
	not device in dhcp
	not value(device, "gateway")
}

# METADATA
# title: Tunnels of VXLAN that can be made
# description: |
#  name → {vni, port, local, remotes}; local is "" where none is named. Those that are
#  bound to a device, or find their peers by multicast or a service, are not in here.
vxlans[name] := {"vni": vni, "port": port, "local": concat("", array.slice(locals, 0, 1)), "remotes": remotes} if {
	some name, n in interfaces
	n.kind == "vxlan"
	every option in n.options {
		_known_of_vxlan(option.key)
	}
	vni := number(value(name, "vxlan-id"), 1, 16777215)
	port := _vxlan_port(name)
	locals := [text | some text in values[name]["vxlan-local-tunnelip"]]
	every address in locals {
		ip(address)
	}
	remotes := {address | some text in values[name]["vxlan-remoteip"]; some address in regex.split(`[\s,]+`, trim_space(text))}
	every address in remotes {
		ip(address)
	}
}

_known_of_vxlan(key) if not startswith(key, "vxlan-")

_known_of_vxlan(key) if key in {"vxlan-id", "vxlan-port", "vxlan-local-tunnelip", "vxlan-remoteip", "vxlan-learning"}

# ifupdown2 takes the port of the standard, the kernel another.
_vxlan_port(name) := 4789 if {
	not value(name, "vxlan-port")
} else := number(value(name, "vxlan-port"), 1, 65535)

# METADATA
# title: Tunnels that can be made
# description: |
#  name → {kind, mode, local, remote, ttl, parent}; what is not named is "". Both ends
#  are addresses of the family that the kind is for. A tunnel with other words is not in
#  here.
tunnels[name] := object.union(how, {"local": ends.local, "remote": ends.remote, "ttl": ttl, "parent": parent}) if {
	some name, n in interfaces
	n.kind == "other"
	how := _tunnel_kinds[lower(value(name, "tunnel-mode"))]
	every option in n.options {
		_known_of_tunnel(option.key)
	}
	ends := {side: text |
		some side, key in {"local": "tunnel-local", "remote": "tunnel-endpoint"}
		text := _one_or_none(name, key)
	}
	every _, text in ends {
		_end_of_tunnel(how, text)
	}
	ends.remote != ""
	ttl := _one_or_none(name, "tunnel-ttl")
	_ttl(ttl)
	parent := _one_or_none(name, "tunnel-physdev")
	_parent_of_tunnel(name, parent)
}

_one_or_none(name, key) := value(name, key) if {
	value(name, key)
} else := ""

_known_of_tunnel(key) if not startswith(key, "tunnel-")

_known_of_tunnel(key) if key in {"tunnel-mode", "tunnel-local", "tunnel-endpoint", "tunnel-ttl", "tunnel-physdev"}

_tunnel_kinds := {
	"gre": {"kind": "gre", "mode": "", "six": false},
	"gretap": {"kind": "gretap", "mode": "", "six": false},
	"ipip": {"kind": "ipip", "mode": "", "six": false},
	"sit": {"kind": "sit", "mode": "", "six": false},
	"ip6gre": {"kind": "ip6gre", "mode": "", "six": true},
	"ip6gretap": {"kind": "ip6gretap", "mode": "", "six": true},
	"ipip6": {"kind": "ip6tnl", "mode": "ipip6", "six": true},
	"ip6ip6": {"kind": "ip6tnl", "mode": "ip6ip6", "six": true},
}

_end_of_tunnel(_, "")

_end_of_tunnel(how, text) if {
	how.six
	ipv6(text)
}

_end_of_tunnel(how, text) if {
	not how.six
	ipv4(text)
}

_ttl("")

_ttl(text) if number(text, 1, 255)

_parent_of_tunnel(_, "")

_parent_of_tunnel(name, text) if {
	facts.interface_name(text)
	text != name
	interfaces[text]
}

# METADATA
# title: Routing domains that can be made
# description: |
#  name → number of the table. For auto ifupdown2 takes numbers from 1001 on; daemons
#  know the domain by its name.
vrfs[name] := number(value(name, "vrf-table"), 1, 4294967295) if {
	some name, n in interfaces
	n.kind == "vrf"
}

vrfs[name] := free[index] if {
	some index, name in _numbered
	free := [id | some id in numbers.range(1001, 1001 + count(interfaces)); not id in _tables]
}

_numbered := sort([name |
	some name, n in interfaces
	n.kind == "vrf"
	value(name, "vrf-table") == "auto"
])

_tables := {number(value(name, "vrf-table"), 1, 4294967295) | some name, n in interfaces; n.kind == "vrf"}

# METADATA
# title: The routing domain that an interface belongs to
routing_domain[name] := vrf if {
	some name, _ in interfaces
	vrf := value(name, "vrf")
	vrfs[vrf]
	not enslaved(name)
}

# METADATA
# title: Whether a VLAN device asks for a protocol that is none
vlan_protocol_given(name) if {
	some text in values[name]["vlan-protocol"]
	not lower(text) in {"802.1q", "802.1ad"}
}

# METADATA
# title: Whether a VLAN device carries the tag of a provider
service_tagged(name) if {
	some text in values[name]["vlan-protocol"]
	lower(text) == "802.1ad"
}

# METADATA
# title: Interfaces that get a .network file
# description: name → pointers of what asks for it
networks[name] contains n.at if {
	some name, n in interfaces
	made(name, n)
}

# A bond of Open vSwitch is no link of the kernel.
_internal(name) if interfaces[name].kind == "ovs-bond"

# METADATA
# title: Whether an interface can be made of its options
made(_, n) if not n.kind in {"loopback", "vlan", "ovs-bond", "vrf", "vxlan", "other"}

made(name, n) if {
	n.kind == "other"
	tunnels[name]
}

made(name, n) if {
	n.kind == "vrf"
	vrfs[name]
}

made(name, n) if {
	n.kind == "vxlan"
	vxlans[name]
}

made(name, n) if {
	n.kind == "vlan"
	vlans[name]
}

made(name, n) if {
	n.kind == "loopback"
	count(addresses[name]) > 0
}

networks[port] contains interfaces[name].at if {
	some port, name in master
	not _internal(port)
}

networks[v.parent] contains interfaces[name].at if some name, v in vlans

# METADATA
# title: Interfaces that are up after a boot
up contains name if {
	some name, n in interfaces
	n.auto
}

up contains name if {
	some name, n in interfaces
	count(n.allow) > 0
}

up contains name if some name, _ in master

up contains v.parent if some v in vlans

# METADATA
# title: Whether an interface takes its address over DHCP
dhcp contains name if {
	some name, n in interfaces
	some m in n.methods
	m.method == "dhcp"
}

# METADATA
# title: Static addresses of an interface that can be used
# description: name → addresses in CIDR form, in order
addresses[name] := [a.cidr | some a in n.addresses; cidr(a.cidr); not loopback(a.cidr)] if some name, n in interfaces

# METADATA
# title: Whether an address is 127.0.0.0/8 or ::1
loopback(text) if startswith(text, "127.")

loopback(text) if regex.match(`^::1(/128)?$`, text)

# Default gateways.

_gateways[family] contains {"index": n.index, "name": name, "gateway": address, "metric": metric(name), "domain": object.get(routing_domain, name, "")} if {
	some name, n in interfaces
	some family, address in {"inet": object.get(n, "gateway", ""), "inet6": object.get(n, "gateway6", "")}
	ip(address)
}

# METADATA
# title: Metric of an interface's gateway
# description: 0 where none is set
metric(name) := number(value(name, "metric"), 0, 4294967295) if {
	number(value(name, "metric"), 0, 4294967295)
} else := 0

# METADATA
# title: Default gateways that are set
# description: |
#  Elements {index, name, gateway, metric, domain}. Of several with one family, metric
#  and routing domain the kernel keeps one: the one that is in use, else the first of
#  the file.
gateways[family] contains g if {
	some family, found in _gateways
	some g in found
	rivals := {r | some r in found; r.metric == g.metric; r.domain == g.domain}
	_wins(g, rivals)
}

# METADATA
# title: Default gateways that the kernel would have refused
idle_gateways[family] contains g if {
	some family, found in _gateways
	some g in found
	not g in gateways[family]
}

_wins(g, rivals) if {
	used := {r | some r in rivals; _in_use(r)}
	count(used) > 0
	g in used
	g.index == min({r.index | some r in used})
}

_wins(g, rivals) if {
	count({r | some r in rivals; _in_use(r)}) == 0
	g.index == min({r.index | some r in rivals})
}

_in_use(g) if {
	some r in input.network.routes
	r.destination == "default"
	r.gateway == g.gateway
	r.interface == g.name
}

# METADATA
# title: Whether a gateway is outside of all networks of its interface
# description: A link-local gateway is never outside.
outside(name, gateway) if {
	not startswith(lower(gateway), "fe80:")
	count([a | some a in addresses[name]; _same_family(a, gateway); net.cidr_contains(a, gateway)]) == 0
}

_same_family(a, b) if {
	contains(a, ":")
	contains(b, ":")
}

_same_family(a, b) if {
	not contains(a, ":")
	not contains(b, ":")
}

# METADATA
# title: Interfaces that the boot waits for
# description: |
#  Those with an address that are up now; where nothing is known of now, the ones
#  with a default gateway. An interface without a cable would stop the boot.
awaited contains name if {
	some name in up
	_addressed(name)
	live
	links[name].state in {"up", "unknown"}
}

awaited contains g.name if {
	not live
	some family in {"inet", "inet6"}
	some g in gateways[family]
	g.name in up
}

awaited contains name if {
	not live
	some name in (dhcp & up)
}

_addressed(name) if {
	count(addresses[name]) > 0
	not enslaved(name)
}

_addressed(name) if name in dhcp

# Hardware addresses.

# METADATA
# title: MAC address to pin a bridge or bond to
# description: |
#  The configured one, else the one it has now, else that of its first member.
#  Undefined where none is known.
mac(name) := hardware_address(value(name, "hwaddress")) if {
	hardware_address(value(name, "hwaddress"))
} else := hardware_address(value(name, "bridge-hw")) if {
	hardware_address(value(name, "bridge-hw"))
} else := lower(links[name].mac) if {
	unicast_mac(links[name].mac)
} else := [m |
	some port in members[name]
	m := lower(object.get(links[port], "permanent_mac", object.get(links[port], "mac", "")))
	unicast_mac(m)
][0]

# METADATA
# title: MAC address of an hwaddress option
hardware_address(text) := address if {
	address := lower(regex.replace(text, `^ether\s+`, ""))
	unicast_mac(address)
}

# METADATA
# title: MAC addresses that an interface can have
unicast_mac(text) if {
	regex.match(`^[0-9A-Fa-f][02468ACEace](:[0-9A-Fa-f]{2}){5}$`, text)
	text != "00:00:00:00:00:00"
}

# What of a text may become part of an option.

# METADATA
# title: IPv4 or IPv6 addresses
ip(text) if ipv4(text)

ip(text) if ipv6(text)

ipv4(text) if {
	regex.match(`^[0-9.]{7,15}$`, text)
	net.cidr_is_valid(concat("", [text, "/32"]))
}

ipv6(text) if {
	regex.match(`^[0-9A-Fa-f:.]{2,45}$`, text)
	contains(text, ":")
	net.cidr_is_valid(concat("", [text, "/128"]))
}

# METADATA
# title: Addresses or networks with their length
cidr(text) if {
	regex.match(`^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}$`, text)
	net.cidr_is_valid(text)
}

# METADATA
# title: The address of an address with its length
host(text) := split(text, "/")[0]

# METADATA
# title: An address as the kernel writes it
# description: IPv6 has many spellings of one address; only this form may be compared.
canonical(text) := host(written) if {
	ipv6(text)
	some written in net.cidr_merge([concat("", [text, "/128"])])
} else := text if {
	ipv4(text)
}

# METADATA
# title: An IPv4 address as a number
number4(text) := (((((p[0] * 256) + p[1]) * 256) + p[2]) * 256) + p[3] if {
	ipv4(text)
	p := [to_number(part) | some part in split(text, ".")]
}

# METADATA
# title: The number of an IPv4 network and the length of its prefix
network4(address) := [n - (n % bits.lsh(1, 32 - length)), length] if {
	cidr(address)
	n := number4(host(address))
	length := to_number(split(address, "/")[1])
}

# METADATA
# title: The IPv4 address of a number
text4(n) := concat(".", [format_int(floor(n / d) % 256, 10) | some d in [16777216, 65536, 256, 1]])

# METADATA
# title: Decimal numbers within bounds
number(text, low, high) := n if {
	regex.match(`^(0|[1-9][0-9]{0,9})$`, text)
	n := to_number(text)
	n >= low
	n <= high
}

# METADATA
# title: VLAN ids and ranges of them
# description: 10 or 2-4094, each between 1 and 4094
vlan_range(text) if number(text, 1, 4094)

vlan_range(text) if {
	[low, high] := split(text, "-")
	number(low, 1, 4094) <= number(high, 1, 4094)
}

# METADATA
# title: Texts that ifupdown2 reads as on or off
switch(text) if lower(text) in {"yes", "on", "1", "true"}

switch(text) := false if lower(text) in {"no", "off", "0", "false"}

# Cards.

# METADATA
# title: Links that are hardware
cards contains name if {
	some name, l in links
	l.kind == "device"
}

# METADATA
# title: What tells a card from all others
# description: |
#  Element {key, value}: the permanent address, else the place on the PCI bus. Where
#  links were not seen, the address by which a file of the host names the card.
#  The present address is not used: a bond gives its own to all members, a bridge
#  has that of its port.
card_match(name) := {"key": "PermanentMACAddress", "value": lower(address)} if {
	name in cards
	address := links[name].permanent_mac
	unicast_mac(address)
	count({n | some n in cards; lower(links[n].permanent_mac) == lower(address)}) == 1
} else := {"key": "Path", "value": place} if {
	name in cards
	place := links[name].path
	regex.match(`^pci-[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$`, place)
	count({n | some n in cards; links[n].path == place}) == 1
} else := {"key": "PermanentMACAddress", "value": address} if {
	not live
	address := pinned[name].address
}

# METADATA
# title: Names that files of the host give to cards
# description: |
#  name → {at, address}, from .link files and rules of udev. Only one address is of
#  use for a name, and only one name for an address.
pinned[name] := pin if {
	some name, pins in _pins
	facts.interface_name(name)
	count(pins) == 1
	some pin in pins
	unicast_mac(pin.address)
	count({n | some n, others in _pins; some other in others; other.address == pin.address}) == 1
}

_pins[name] contains {"at": at, "address": lower(address)} if {
	some i, f in input.config_files
	regex.match(`^/(etc|usr/local/lib)/systemd/network/[^/]+\.link$`, f.path)
	[name] := [p.value | some p in f.properties; p.key == "Link.Name"]
	[address] := [p.value | some p in f.properties; p.key in {"Match.MACAddress", "Match.PermanentMACAddress"}]
	at := array.concat(
		[sprintf("/config_files/%d", [i])],
		[sprintf("/config_files/%d/properties/%d", [i, j]) | some j, p in f.properties; _of_name(p.key)],
	)
}

_pins[name] contains {"at": [sprintf("/config_files/%d/properties/%d", [i, j])], "address": lower(address)} if {
	some i, f in input.config_files
	regex.match(`^/etc/udev/rules\.d/[^/]+\.rules$`, f.path)
	some j, p in f.properties
	contains(p.value, `SUBSYSTEM=="net"`)
	[[_, address]] := regex.find_all_string_submatch_n(`ATTRS?\{address\}=="([0-9A-Fa-f:]{17})"`, p.value, -1)
	[[_, name]] := regex.find_all_string_submatch_n(`NAME="([^"]+)"`, p.value, -1)
}

_of_name(key) if startswith(key, "Match.")

_of_name("Link.Name")

# METADATA
# title: Whether all members that a bridge or bond names are known
members_known(name) if {
	n := interfaces[name]
	listed := array.concat(n.ports, n.slaves)
	count([p | some p in listed; not facts.interface_name(p); not pattern(p)]) == 0
	not _blind(name, listed)
}

# A pattern means nothing without the links that it is about.
_blind(_, listed) if {
	not live
	count([p | some p in listed; pattern(p)]) > 0
}

# METADATA
# title: Whether an interface has an IPv6 address that no line gives it
# description: A router's advertisement did, since DHCPv6 is told apart by its stanza.
prefixed(name) if {
	live
	interfaces[name]
	some a in links[name].addresses
	a.family == "inet6"
	cidr(a.cidr)
	not loopback(a.cidr)
	not _configured(name, a.cidr)
}

_configured(name, address) if {
	some own in addresses[name]
	contains(own, ":")
	net.cidr_contains(concat("", [host(own), "/128"]), host(address))
}

# METADATA
# title: Host names and domains
domain(text) if {
	count(text) <= 253
	regex.match(`^[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$`, text)
}
