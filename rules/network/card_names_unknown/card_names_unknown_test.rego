package rules.network.card_names_unknown_test

import data.lib.network_test
import data.rules.network.card_names_unknown

test_fires_when_only_files_were_seen if {
	card_names_unknown.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/1"], "vars": {"cards": "eno1"}}} with input as network_test.files_only({"interfaces": network_test.bridged})
}

test_fires_for_a_card_without_an_address_of_its_own if {
	{f.vars.cards | some f in card_names_unknown.findings} == {"eno1"} with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("eno1", "00:00:00:00:00:00", {"path": "virtual"})]})
}

test_silent_when_the_card_is_known if {
	count(card_names_unknown.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("eno1", "3c:ec:ef:00:00:01", {})]})
}

test_silent_for_links_that_are_no_hardware if {
	count(card_names_unknown.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("eno1", "3c:ec:ef:00:00:01", {"kind": "veth"})]})
}

test_silent_when_a_file_pins_the_name if {
	file := {"path": "/etc/systemd/network/10-eno1.link", "properties": [{"key": "Match.MACAddress", "value": "3c:ec:ef:00:00:01"}, {"key": "Link.Name", "value": "eno1"}]}
	count(card_names_unknown.findings) == 0 with input as object.union(network_test.files_only({"interfaces": network_test.bridged}), {"config_files": [file]})
}

test_silent_for_a_port_that_the_host_makes if {
	interfaces := [
		object.union(network_test.bridged[0], {"name": "vxlan_a", "kind": "vxlan"}),
		object.union(network_test.bridged[1], {"ports": ["vxlan_a"]}),
	]
	count(card_names_unknown.findings) == 0 with input as network_test.files_only({"interfaces": interfaces})
}
