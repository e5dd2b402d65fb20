package rules.network.interface_names_test

import data.lib.network_test
import data.rules.network.interface_names

test_pins_a_card_by_its_permanent_address if {
	s := interface_names.settings with input as network_test.host({"links": [network_test.card("eno1", "3C:EC:EF:00:00:01", {})]})
	{"at": ["/network/links/0"], "option": ["systemd", "network", "links", "10-eno1", "matchConfig", "PermanentMACAddress"], "value": "3c:ec:ef:00:00:01"} in s
	{"at": ["/network/links/0"], "option": ["systemd", "network", "links", "10-eno1", "linkConfig", "Name"], "value": "eno1"} in s
}

test_leaves_links_alone_that_are_no_hardware if {
	count(interface_names.settings) == 0 with input as network_test.host({"links": [network_test.card("vmbr0", "3c:ec:ef:00:00:01", {"kind": "bridge"})]})
}

test_a_hostile_name_makes_no_file if {
	count(interface_names.settings) == 0 with input as network_test.host({"links": [network_test.card("../x", "3c:ec:ef:00:00:01", {})]})
}

_link_file(path, address, name) := {"path": path, "properties": [{"key": "Match.MACAddress", "value": address}, {"key": "Match.Type", "value": "ether"}, {"key": "Link.Name", "value": name}]}

_udev(line) := {"path": "/etc/udev/rules.d/70-persistent-net.rules", "properties": [{"key": "SUBSYSTEM", "value": line}]}

_pinned(files) := {concat(".", array.slice(s.option, 3, 6)): s.value |
	some s in interface_names.settings with input as object.union(network_test.files_only({}), {"config_files": files})
	s.option[4] == "matchConfig"
}

test_files_that_pin_names_when_links_were_not_seen if {
	_pinned([
		_link_file("/usr/local/lib/systemd/network/50-pmx-nic0.link", "9C:6B:00:A1:40:10", "nic0"),
		_udev(`SUBSYSTEM=="net", ACTION=="add", DRIVERS=="?*", ATTR{address}=="00:26:b9:5c:10:01", NAME="eno1"`),
	]) == {
		"10-nic0.matchConfig.PermanentMACAddress": "9c:6b:00:a1:40:10",
		"10-eno1.matchConfig.PermanentMACAddress": "00:26:b9:5c:10:01",
	}
}

test_an_address_with_two_names_pins_none if {
	_pinned([
		_link_file("/etc/systemd/network/10-a.link", "9c:6b:00:a1:40:10", "a0"),
		_link_file("/etc/systemd/network/10-b.link", "9c:6b:00:a1:40:10", "b0"),
		_link_file("/etc/systemd/network/10-c.link", "9c:6b:00:a1:40:1", "../c"),
		_udev(`SUBSYSTEM=="tty", ATTRS{address}=="00:26:b9:5c:10:01", NAME="eno1"`),
	]) == {}
}

test_links_that_were_seen_come_before_files if {
	host := object.union(network_test.host({"links": [network_test.card("nic0", "3c:ec:ef:00:00:01", {})]}), {"config_files": [_link_file("/etc/systemd/network/10-a.link", "9c:6b:00:a1:40:10", "nic0")]})
	values := {s.value | some s in interface_names.settings with input as host; s.option[4] == "matchConfig"}
	values == {"3c:ec:ef:00:00:01"}
}
