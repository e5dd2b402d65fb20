package lib.network_test

import data.lib.network

# An interface with the fields that every interface has; over replaces some.
interface(name, kind, lines, over) := object.union(
	{
		"name": name,
		"kind": kind,
		"auto": true,
		"allow": [],
		"methods": [{"family": "inet", "method": "manual"}],
		"addresses": [],
		"ports": [],
		"slaves": [],
		"vids": [],
		"options": [{"key": line[0], "value": line[1], "fields": []} | some line in lines],
	},
	over,
)

# A card as the kernel shows it.
card(name, mac, over) := object.union(
	{
		"name": name,
		"kind": "device",
		"mac": mac,
		"permanent_mac": mac,
		"mtu": 1500,
		"state": "up",
		"alt_names": [],
		"path": "pci-0000:01:00.0",
		"addresses": [],
	},
	over,
)

# A host that knows all of its network.
host(network) := {
	"host": {"name": "pve1"},
	"capture": {"areas": [{"name": name, "status": "known", "source": "file"} |
		some name in ["network.interfaces", "network.live", "network.dns", "network.hosts", "network.sdn", "network.firewall"]
	]},
	"network": object.union(
		{
			"interfaces": [],
			"anomalies": [],
			"links": [],
			"routes": [],
			"dns": {"nameservers": [], "search": []},
			"hosts": [],
			"ovs": {"bridges": []},
			"sdn": {"zones": [], "vnets": [], "subnets": [], "controllers": [], "ipams": [], "dns": [], "fabrics": []},
			"firewall": [],
		},
		network,
	),
	"guests": [],
	"files": [],
	"packages": [],
	"units": [],
	"system": {"sysctl": [], "boot": {"kernel_parameters": []}},
	"cluster": {"nodes": [], "corosync": []},
}

# The same host captured from its files alone.
files_only(network) := object.union(
	host(network),
	{"capture": {"areas": [{"name": "network.interfaces", "status": "known", "source": "file"}]}},
)

# What most hosts have: a card in a bridge with the address.
bridged := [
	interface("eno1", "physical", [], {"auto": false}),
	interface("vmbr0", "bridge", [["address", "192.0.2.10/24"], ["gateway", "192.0.2.1"], ["bridge-ports", "eno1"], ["bridge-stp", "off"], ["bridge-fd", "0"]], {
		"methods": [{"family": "inet", "method": "static"}],
		"addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}],
		"gateway": "192.0.2.1",
		"ports": ["eno1"],
	}),
]

_links := [
	card("eno1", "3c:ec:ef:00:00:01", {"master": "vmbr0"}),
	{"name": "vmbr0", "kind": "bridge", "mac": "3c:ec:ef:00:00:01", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}]},
]

test_a_card_belongs_to_the_bridge_that_names_it if {
	network.master == {"eno1": "vmbr0"} with input as host({"interfaces": bridged, "links": _links})
}

test_a_card_that_two_bridges_name_stays_where_it_is if {
	twice := [
		interface("vmbr1", "bridge", [], {"ports": ["eno1"]}),
		interface("vmbr0", "bridge", [], {"ports": ["eno1"]}),
	]
	network.master == {"eno1": "vmbr0"} with input as host({"interfaces": twice, "links": _links})
	network.master == {"eno1": "vmbr1"} with input as host({"interfaces": twice})
	network.contested == {"eno1": {"vmbr0", "vmbr1"}} with input as host({"interfaces": twice})
}

test_a_pattern_means_the_ports_of_now if {
	patterned := [interface("vmbr0", "bridge", [], {"ports": ["regex eno.*"]})]
	links := array.concat(_links, [{"name": "tap100i0", "kind": "tun", "master": "vmbr0", "mtu": 1500, "state": "up", "alt_names": [], "addresses": []}])
	network.members == {"vmbr0": ["eno1"]} with input as host({"interfaces": patterned, "links": links})
}

test_an_alternative_name_is_the_link_that_has_it if {
	links := [card("nic0", "3c:ec:ef:00:00:01", {"alt_names": ["enp1s0"]})]
	network.real("enp1s0") == "nic0" with input as host({"links": links})
	network.real("enp2s0") == "enp2s0" with input as host({"links": links})
	not network.real("eth0; reboot") with input as host({"links": links})
}

test_a_gateway_is_the_one_in_use if {
	two := [
		interface("vmbr0", "bridge", [], {"gateway": "192.0.2.1", "addresses": [{"cidr": "192.0.2.10/24", "family": "inet"}]}),
		interface("vmbr1", "bridge", [], {"gateway": "198.51.100.1", "addresses": [{"cidr": "198.51.100.10/24", "family": "inet"}]}),
	]
	{g.name | some g in network.gateways.inet} == {"vmbr0"} with input as host({"interfaces": two})
	routes := [{"destination": "default", "gateway": "198.51.100.1", "interface": "vmbr1"}]
	{g.name | some g in network.gateways.inet} == {"vmbr1"} with input as host({"interfaces": two, "routes": routes})
	{g.name | some g in network.idle_gateways.inet} == {"vmbr0"} with input as host({"interfaces": two, "routes": routes})
}

test_a_gateway_is_outside_when_no_network_holds_it if {
	one := [interface("vmbr0", "bridge", [], {"addresses": [{"cidr": "203.0.113.7/32", "family": "inet"}, {"cidr": "2001:db8::2/64", "family": "inet6"}]})]
	network.outside("vmbr0", "198.51.100.1") with input as host({"interfaces": one})
	not network.outside("vmbr0", "2001:db8::1") with input as host({"interfaces": one})
	not network.outside("vmbr0", "fe80::1") with input as host({"interfaces": one})
}

test_the_boot_waits_for_what_is_up_and_has_an_address if {
	network.awaited == {"vmbr0"} with input as host({"interfaces": bridged, "links": _links})
	down := [object.union(l, {"state": "down"}) | some l in _links]
	network.awaited == set() with input as host({"interfaces": bridged, "links": down})
	network.awaited == {"vmbr0"} with input as files_only({"interfaces": bridged})
}

test_a_card_is_told_apart_by_its_permanent_address if {
	network.card_match("eno1") == {"key": "PermanentMACAddress", "value": "3c:ec:ef:00:00:01"} with input as host({"links": _links})
	twins := [card("a", "3c:ec:ef:00:00:01", {}), card("b", "3C:EC:EF:00:00:01", {"path": "pci-0000:01:00.1"})]
	network.card_match("b") == {"key": "Path", "value": "pci-0000:01:00.1"} with input as host({"links": twins})
	not network.card_match("vmbr0") with input as host({"links": _links})
}

test_texts_that_are_no_addresses_or_numbers if {
	every text in ["192.0.2.300", "192.0.2.1\n[Route]", "1.2.3", "::1%eth0", "$(reboot)", ""] {
		not network.ip(text)
	}
	every text in ["192.0.2.1", "2001:db8::1"] {
		network.ip(text)
	}
	not network.number("010", 0, 100)
	not network.number("101", 0, 100)
	network.number("100", 0, 100) == 100
	network.vlan_range("2-4094")
	not network.vlan_range("0-10")
	not network.vlan_range("20-10")
	not network.unicast_mac("01:00:5e:00:00:01")
}

test_the_network_of_an_address if {
	network.network4("192.0.2.77/26") == [network.number4("192.0.2.64"), 26]
	network.text4(network.number4("192.0.2.64")) == "192.0.2.64"
	network.network4("10.1.2.3/0") == [0, 0]
	not network.network4("2001:db8::1/64")
}

test_addresses_of_one_spelling if {
	{network.canonical(text) | some text in ["2001:DB8:0:0::0001", "2001:db8::1", "2001:0db8::0:1"]} == {"2001:db8::1"}
	network.canonical("192.0.2.10") == "192.0.2.10"
	not network.canonical("pve1.example.net")
}
