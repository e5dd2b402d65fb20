package rules.containers.lxc_cards_test

import data.rules.containers.lxc_cards

_fields(values) := [{"name": name, "value": value} | some name, value in values]

_host(card) := {
	"guests": [{"vmid": 200, "type": "lxc", "local": true, "config": [
		{"key": "rootfs", "value": "x"},
		{"key": "net1", "value": "x", "fields": _fields(card)},
	]}],
	"network": {
		"interfaces": [
			{"name": "vmbr0", "kind": "bridge", "vlan_aware": true, "ports": [], "slaves": [], "options": []},
			{"name": "vmbr1", "kind": "bridge", "ports": [], "slaves": [], "options": []},
			{"name": "vmbr2", "kind": "ovs-bridge", "ports": [], "slaves": [], "options": []},
			{"name": "vmbr3", "kind": "bridge", "ports": ["eno1"], "slaves": [], "options": []},
		],
		"links": [],
	},
}

_lines(card) := lines if {
	some part in lxc_cards.parts with input as _host(card)
	part.document == ["containers", "200"]
	part.path == ["lxc.net.1"]
	part.at == ["/guests/0/config/1"]
	lines := part.value
}

_script(card) := text if {
	some s in lxc_cards.settings with input as _host(card)
	s.option == ["environment", "etc", "lxc/200-net1-up"]
	s.value.mode == "0755"
	text := s.value.text
}

test_a_card_with_a_tag if {
	card := {"name": "eth1", "bridge": "vmbr0", "tag": "30", "hwaddr": "BC:24:11:00:00:01", "mtu": "9000", "ip": "192.0.2.2/24", "type": "veth"}
	_lines(card) == [{"type": "veth"}, {"veth.pair": "veth200i1"}, {"link": "vmbr0"}, {"veth.vlan.id": "30"}, {"hwaddr": "BC:24:11:00:00:01"}, {"name": "eth1"}, {"mtu": "9000"}]
	not _script(card)
}

test_a_card_without_a_tag_has_all_networks_of_a_bridge_that_filters if {
	_lines({"bridge": "vmbr0"}) == [{"type": "veth"}, {"veth.pair": "veth200i1"}, {"link": "vmbr0"}, {"script.up": "/etc/lxc/200-net1-up"}]
	_script({"bridge": "vmbr0"}) == "#!/bin/sh\nset -eu\nbridge vlan add dev veth200i1 vid 2-4094\n"
	not _script({"bridge": "vmbr1"})
}

test_trunks if {
	_script({"bridge": "vmbr0", "trunks": "2;5-7;x"}) == "#!/bin/sh\nset -eu\nbridge vlan add dev veth200i1 vid 2\nbridge vlan add dev veth200i1 vid 5-7\n"
	_script({"bridge": "vmbr2", "trunks": "2;5"}) == "#!/bin/sh\nset -eu\novs-vsctl set port veth200i1 trunks=2,5\n"
}

test_a_rate_is_bytes_in_both_directions if {
	contains(_script({"bridge": "vmbr1", "rate": "12.5"}), "root tbf rate 13107200bps burst 1mb")
	contains(_script({"bridge": "vmbr1", "rate": "12.5"}), "police rate 13107200bps burst 1mb mtu 64kb conform-exceed drop")
}

test_a_card_that_is_off_is_plugged_into_nothing if {
	card := {"bridge": "vmbr0", "tag": "30", "link_down": "1", "rate": "5", "name": "eth0", "host-managed": "1", "ip": "192.0.2.2/24"}
	_lines(card) == [{"type": "veth"}, {"veth.pair": "veth200i1"}, {"name": "eth0"}]
	not _script(card)
}

test_a_network_from_outside if {
	_lines({"bridge": "vmbr1", "host-managed": "1", "ip": "192.0.2.2/24", "gw": "192.0.2.1", "ip6": "auto"}) == [
		{"type": "veth"}, {"veth.pair": "veth200i1"}, {"link": "vmbr1"},
		{"ipv4.address": "192.0.2.2/24"}, {"ipv4.gateway": "192.0.2.1"}, {"flags": "up"},
	]
}

test_text_that_is_no_name_or_address_is_left_out if {
	_lines({"bridge": "vmbr1", "name": "eth0\nlxc.hook", "hwaddr": "x", "mtu": "${x}"}) == [{"type": "veth"}, {"veth.pair": "veth200i1"}, {"link": "vmbr1"}]
}

test_silent_on_a_bridge_that_is_not_there if {
	not _lines({"bridge": "vmbr9"})
}

test_silent_on_a_tag_that_the_bridge_cannot_do if {
	not _lines({"bridge": "vmbr1", "tag": "30"})
}

test_a_tag_on_a_bridge_without_vlans_is_the_bridge_of_the_tag if {
	_lines({"bridge": "vmbr3", "tag": "30"}) == [{"type": "veth"}, {"veth.pair": "veth200i1"}, {"link": "vmbr3v30"}]
}
