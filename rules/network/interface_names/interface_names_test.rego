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
