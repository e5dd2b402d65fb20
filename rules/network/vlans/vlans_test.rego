package rules.network.vlans_test

import data.lib.network_test
import data.rules.network.vlans

_host(over) := network_test.host({"interfaces": [network_test.interface("vmbr0.100", "vlan", [], object.union({"vlan_id": 100, "vlan_raw_device": "vmbr0"}, over))]})

test_makes_the_device if {
	{s.value | some s in vlans.settings; s.option[5] == "Id"} == {100} with input as _host({})
}

test_makes_nothing_without_an_id_or_a_parent if {
	count(vlans.settings) == 0 with input as _host({"vlan_id": 0})
	count(vlans.settings) == 0 with input as _host({"vlan_raw_device": "a b"})
	count(vlans.settings) == 0 with input as _host({"vlan_raw_device": "vmbr0.100"})
}

test_makes_nothing_of_another_protocol if {
	count(vlans.settings) == 0 with input as _host({"options": [{"key": "vlan-protocol", "value": "802.1x", "fields": []}]})
}

test_the_tag_of_a_provider if {
	{s.value | some s in vlans.settings; s.option[4] == "extraConfig"} == {"[VLAN]\nProtocol=802.1ad\n"} with input as _host({"options": [{"key": "vlan-protocol", "value": "802.1ad", "fields": []}]})
	{s.value | some s in vlans.settings; s.option[4] == "extraConfig"} == set() with input as _host({"options": [{"key": "vlan-protocol", "value": "802.1Q", "fields": []}]})
}
