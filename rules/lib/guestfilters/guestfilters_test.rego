package lib.guestfilters_test

import data.lib.firewall_test
import data.lib.guestfilters
import data.lib.network_test

# A virtual machine with one card and a container with another; files are those of guests.
host(options, files) := object.union(
	network_test.host({
		"interfaces": array.concat(network_test.bridged, [network_test.interface("vmbr3", "ovs-bridge", [], {})]),
		"firewall": array.concat([firewall_test.file("cluster", "", object.union({"options": firewall_test.options({"enable": "1"})}, options))], files),
	}),
	{
		"mappings": [],
		"storage": {"storages": []},
		"guests": [
			guest(100, "qemu", {"net0": card("macaddr", "BC:24:11:00:00:64", {})}),
			guest(200, "lxc", {"rootfs": [{"name": "volume", "value": "local:200/vm-200-disk-0.raw"}], "net1": card("hwaddr", "bc:24:11:00:00:c8", {"ip": "192.0.2.50/24", "ip6": "2001:db8::50/64", "name": "eth1"})}),
		],
	},
)

guest(vmid, kind, config) := {
	"vmid": vmid, "type": kind, "node": "pve1", "local": true, "name": "g", "snapshots": [],
	"config": [{"key": key, "value": "x", "fields": fields} | some key, fields in config],
}

card(word, mac, more) := [{"name": name, "value": value} |
	some name, value in object.union({"model": "virtio", word: mac, "bridge": "vmbr0", "firewall": "1"}, more)
]

# The file of a guest with these options beside the switch.
guarded(vmid, options, over) := firewall_test.file("guest", vmid, object.union({"options": firewall_test.options(object.union({"enable": "1"}, options))}, over))

_rules(list) := {"rules": list}

_chain(name) := [trim_space(line) | some line in split(regex.find_n(sprintf(`(?s)chain %s \{.*?\n\}`, [name]), guestfilters.content, 1)[0], "\n")]

test_chains_of_a_card if {
	facts := host({}, [guarded("100", {"log_level_in": "info"}, _rules([firewall_test.rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "80"})]))])
	sent := _chain("tap100i0-sent") with input as facts with data.target as "libvirt"
	sent == [
		"chain tap100i0-sent {",
		"ether type { ip, ip6 } ct state invalid drop",
		"ct state { established, related } accept",
		"ether type ip udp sport 68 udp dport 67 accept",
		"ether type ip6 udp sport 546 udp dport 547 accept",
		"ether saddr != bc:24:11:00:00:64 drop",
		"ether type != { ip, ip6 } accept",
		"icmpv6 type nd-router-advert drop",
		"icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert } accept",
		"accept",
		"}",
	]
	received := _chain("tap100i0-received") with input as facts with data.target as "libvirt"
	received == [
		"chain tap100i0-received {",
		"ether type != { ip, ip6 } accept",
		"ether type { ip, ip6 } ct state invalid drop",
		"ct state { established, related } accept",
		"ip saddr { 224.0.0.0/4, 255.255.255.255 } drop",
		"ether type ip udp sport 67 udp dport 68 accept",
		"ether type ip6 udp sport 547 udp dport 546 accept",
		"icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept",
		"tcp dport 80 accept",
		"meta pkttype { broadcast, multicast } drop",
		"icmp type time-exceeded accept",
		"icmp type destination-unreachable icmp code frag-needed accept",
		"icmpv6 type { destination-unreachable, time-exceeded, packet-too-big } accept",
		`limit rate 1/second burst 5 packets log prefix "guest 100 in: " level info`,
		"drop",
		"}",
	]
	entry := _chain("from-guests") with input as facts with data.target as "libvirt"
	entry[2] == `iifname vmap { "tap100i0" : goto tap100i0-sent }`
}

test_switches_of_a_guest if {
	facts := host({}, [guarded("100", {"dhcp": "0", "ndp": "0", "radv": "1", "macfilter": "0", "policy_out": "DROP", "policy_in": "ACCEPT"}, {})])
	sent := _chain("tap100i0-sent") with input as facts with data.target as "proxmox"
	array.slice(sent, 0, 6) == [
		"chain tap100i0-sent {",
		"ether type { ip, ip6 } ct state invalid drop",
		"ct state { established, related } accept",
		"ether type != { ip, ip6 } accept",
		"meta pkttype { broadcast, multicast } drop",
		"icmp type time-exceeded accept",
	]
	received := _chain("tap100i0-received") with input as facts with data.target as "proxmox"
	received[count(received) - 2] == "accept"
	routers := _chain("tap100i0-sent") with input as host({}, [guarded("100", {"radv": "1"}, {})]) with data.target as "proxmox"
	"icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept" in routers
	not "icmpv6 type nd-router-advert drop" in routers
}

test_a_guest_is_kept_to_its_addresses if {
	facts := host({}, [
		guarded("100", {}, {"ipsets": [{"name": "ipfilter-net0", "entries": ["192.0.2.7", "guest/other", "2001:db8::/32"]}], "aliases": [{"key": "other", "value": "192.0.2.64/26"}]}),
		guarded("200", {"ipfilter": "1"}, {}),
	])
	vm := _chain("tap100i0-sent") with input as facts with data.target as "libvirt"
	"arp saddr ip != { 192.0.2.64/26, 192.0.2.7/32 } drop" in vm
	"ip saddr != { 192.0.2.64/26, 192.0.2.7/32 } drop" in vm
	"ip6 saddr != { 2001:db8::/32, fe80::be24:11ff:fe00:64/128 } drop" in vm
	container := _chain("veth200i1-sent") with input as facts with data.target as "libvirt"
	"arp saddr ip != { 192.0.2.50/32 } drop" in container
	"ip saddr != { 192.0.2.50/32 } drop" in container
	"ip6 saddr != { 2001:db8::50/128, fe80::be24:11ff:fe00:c8/128 } drop" in container
}

test_without_an_address_all_is_refused if {
	sent := _chain("tap100i0-sent") with input as host({}, [guarded("100", {"ipfilter": "1"}, {})]) with data.target as "libvirt"
	"ether type ip drop" in sent
	count([line | some line in sent; startswith(line, "arp ")]) == 0
}

test_addresses_of_the_link_are_the_cards_own if {
	sent := _chain("tap100i0-sent") with input as host({}, [guarded("100", {}, {"ipsets": [{"name": "ipfilter-net0", "entries": ["::/0", "fe80::1"]}]})]) with data.target as "libvirt"
	"ip6 saddr fe80::/10 ip6 saddr != { fe80::1/128, fe80::be24:11ff:fe00:64/128 } drop" in sent
}

test_names_of_the_guest_come_before_those_of_the_datacenter if {
	options := {"aliases": [{"key": "Office", "value": "198.51.100.0/24"}], "ipsets": [{"name": "friends", "entries": ["198.51.100.9"]}], "groups": [{"name": "Web", "rules": [
		firewall_test.rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "443"}),
		firewall_test.rule("OUT", "DROP", "", {"dest": "203.0.113.0/24"}),
	]}]}
	facts := host(options, [guarded("100", {}, {
		"aliases": [{"key": "office", "value": "192.0.2.128/25"}],
		"ipsets": [{"name": "friends", "entries": ["office"]}],
		"rules": [
			firewall_test.rule("IN", "ACCEPT", "", {"source": "office", "p": "tcp", "dport": "1"}),
			firewall_test.rule("IN", "ACCEPT", "", {"source": "dc/office", "p": "tcp", "dport": "2"}),
			firewall_test.rule("IN", "ACCEPT", "", {"source": "+friends", "p": "tcp", "dport": "3"}),
			firewall_test.rule("IN", "ACCEPT", "", {"source": "+dc/friends", "p": "tcp", "dport": "4"}),
			firewall_test.rule("GROUP", "web", "", {"i": "net0"}),
			firewall_test.rule("GROUP", "web", "", {"i": "net7"}),
			firewall_test.rule("IN", "ACCEPT", "", {"p": "tcp", "dport": "5", "i": "net3"}),
		],
	})])
	received := _chain("tap100i0-received") with input as facts with data.target as "incus"
	array.slice(received, 8, 13) == [
		"ip saddr { 192.0.2.128/25 } tcp dport 1 accept",
		"ip saddr { 198.51.100.0/24 } tcp dport 2 accept",
		"ip saddr { 192.0.2.128/25 } tcp dport 3 accept",
		"ip saddr { 198.51.100.9/32 } tcp dport 4 accept",
		"tcp dport 443 accept",
	]
	received[13] == "meta pkttype { broadcast, multicast } drop"
	sent := _chain("tap100i0-sent") with input as facts with data.target as "incus"
	"ip daddr { 203.0.113.0/24 } drop" in sent
}

test_what_the_host_refuses_for_all if {
	node := firewall_test.file("node", "pve1", {"options": firewall_test.options({"nosmurfs": "0", "tcpflags": "1"})})
	received := _chain("tap100i0-received") with input as host({"ipsets": [{"name": "blacklist", "entries": ["198.51.100.7"]}]}, [node, guarded("100", {}, {})]) with data.target as "libvirt"
	received[4] == "ip saddr { 198.51.100.7/32 } drop"
	received[5] == "tcp flags & (fin | syn | rst | psh | ack | urg) == fin | psh | urg drop"
}

_obstacles(options, file) := found if {
	found := guestfilters.obstacles["100"] with input as host(options, [file]) with data.target as "libvirt"
}

test_a_guest_is_said_as_a_whole_or_not_at_all if {
	_obstacles({}, guarded("100", {"ips": "1"}, {})) == {"ips: 1"}
	_obstacles({}, guarded("100", {"layer2_protocols": "ARP,802_1Q"}, {})) == {"layer2_protocols: ARP,802_1Q"}
	_obstacles({}, guarded("100", {"policy_in": "accept"}, {})) == {"policy_in: accept"}
	_obstacles({}, guarded("100", {"log_level_in": "loud"}, {})) == {"log_level_in: loud"}
	_obstacles({}, guarded("100", {}, _rules([firewall_test.rule("IN", "ACCEPT", "", {"source": "nowhere"})]))) == {"rule 1: IN ACCEPT"}
	_obstacles({}, guarded("100", {}, _rules([object.remove(firewall_test.rule("IN", "ACCEPT", "", {"source": "nowhere"}), {"macro"})]))) == {"rule 1: IN ACCEPT"}
	_obstacles({}, guarded("100", {}, _rules([firewall_test.rule("GROUP", "gone", "", {})]))) == {"rule 1: GROUP gone"}
	_obstacles({}, guarded("100", {}, _rules([firewall_test.rule("FORWARD", "DROP", "", {})]))) == {"rule 1: FORWARD DROP"}
	_obstacles({}, guarded("100", {}, _rules([firewall_test.rule("IN", "ACCEPT", "", {"i": "vmbr0"})]))) == {"rule 1: IN ACCEPT"}
	_obstacles({}, guarded("100", {}, {"ipsets": [{"name": "ipfilter-net0", "entries": ["192.0.2.0/24", "!192.0.2.1"]}]})) == {"ipfilter of net0"}
	_obstacles({}, guarded("100", {}, {"ipsets": [{"name": "ipfilter-net0", "entries": []}, {"name": "IPFILTER-net0", "entries": []}]})) == {"ipfilter of net0"}
	_obstacles({"ipsets": [{"name": "blacklist", "entries": ["nowhere"]}]}, guarded("100", {}, {})) == {"blacklist"}
	_obstacles({"options": firewall_test.options({"enable": "1", "ebtables": "0"})}, guarded("100", {}, {})) == {"ebtables: 0"}
}

_web(rule) := {"groups": [{"name": "web", "rules": [rule]}]}

test_a_group_is_said_as_a_whole if {
	use := guarded("100", {}, _rules([firewall_test.rule("GROUP", "web", "", {})]))
	_obstacles(_web(firewall_test.rule("IN", "ACCEPT", "", {"i": "net0"})), use) == {"rule 1: GROUP web"}
	_obstacles(_web(firewall_test.rule("IN", "ACCEPT", "", {"source": "nowhere"})), use) == {"rule 1: GROUP web"}
	not _obstacles(_web(object.union(firewall_test.rule("IN", "ACCEPT", "", {"source": "nowhere"}), {"enabled": false})), use)
}

test_packets_without_a_connection_that_the_node_lets_through if {
	node := firewall_test.file("node", "pve1", {"options": firewall_test.options({"nf_conntrack_allow_invalid": "1"})})
	received := _chain("tap100i0-received") with input as host({}, [node, guarded("100", {}, {})]) with data.target as "libvirt"
	received[2] == "ct state { established, related } accept"
}

test_frames_beside_ip_that_a_guest_may_send if {
	sent := _chain("tap100i0-sent") with input as host({}, [guarded("100", {"layer2_protocols": "ARP,IPv6,IPX"}, {})]) with data.target as "libvirt"
	"ether type { 0x8137, arp } accept" in sent
	"ether type != { ip, ip6 } drop" in sent
	not "ether type != { ip, ip6 } accept" in sent
	received := _chain("tap100i0-received") with input as host({}, [guarded("100", {"layer2_protocols": "IPv4"}, {})]) with data.target as "libvirt"
	"ether type != { ip, ip6 } accept" in received
}

test_where_pve_stays_a_card_of_open_vswitch_is_behind_a_bridge_of_the_kernel if {
	facts := object.union(host({}, [guarded("100", {}, {})]), {
		"guests": [guest(100, "qemu", {"net0": card("macaddr", "BC:24:11:00:00:64", {"bridge": "vmbr3"})})],
		"network": {"interfaces": [network_test.interface("vmbr3", "ovs-bridge", [], {})]},
	})
	guestfilters.translated == {"100"} with input as facts with data.target as "proxmox"
	guestfilters.lost == {"100"} with input as facts with data.target as "libvirt"
}

test_a_card_that_nftables_does_not_see if {
	facts := object.union(host({}, [guarded("100", {}, {})]), {"guests": [guest(100, "qemu", {"net0": card("macaddr", "BC:24:11:00:00:64", {"bridge": "vmbr3"})})]})
	found := guestfilters.obstacles["100"] with input as facts with data.target as "libvirt"
	found == {"net0: not on a bridge of the kernel"}
	guestfilters.lost == {"100"} with input as facts with data.target as "libvirt"
	count(guestfilters.translated) == 0 with input as facts with data.target as "libvirt"
}

test_a_card_without_a_bridge_or_firewall_is_not_filtered if {
	plain := [{"name": "model", "value": "virtio"}, {"name": "macaddr", "value": "BC:24:11:00:00:64"}, {"name": "firewall", "value": "1"}]
	count(guestfilters.active) == 0 with input as object.union(host({}, [guarded("100", {}, {})]), {"guests": [guest(100, "qemu", {"net0": plain})]})
	count(guestfilters.active) == 0 with input as object.union(host({}, [guarded("100", {}, {})]), {"guests": [guest(100, "qemu", {"net0": card("macaddr", "BC:24:11:00:00:64", {"firewall": "0"})})]})
}

test_rules_that_are_off_and_the_last_of_several_options if {
	off := object.union(firewall_test.rule("IN", "REJECT", "", {"source": "nowhere"}), {"enabled": false})
	file := firewall_test.file("guest", "100", {"options": [{"key": "enable", "value": "0", "fields": []}, {"key": "enable", "value": "1", "fields": []}], "rules": [off]})
	guestfilters.translated == {"100"} with input as host({}, [file]) with data.target as "libvirt"
	count(guestfilters.refusing) == 0 with input as host({}, [file]) with data.target as "libvirt"
}

test_guests_that_refuse if {
	guestfilters.refusing == {"100"} with input as host({}, [guarded("100", {"policy_in": "REJECT"}, {})]) with data.target as "libvirt"
	guestfilters.refusing == {"100"} with input as host({}, [guarded("100", {}, _rules([firewall_test.rule("OUT", "REJECT", "", {})]))]) with data.target as "libvirt"
	group := {"groups": [{"name": "web", "rules": [firewall_test.rule("IN", "REJECT", "", {"p": "tcp"})]}]}
	guestfilters.refusing == {"100"} with input as host(group, [guarded("100", {}, _rules([firewall_test.rule("GROUP", "web", "", {})]))]) with data.target as "libvirt"
}
