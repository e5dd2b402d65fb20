package rules.network.interfaces_test

import data.lib.network_test
import data.rules.network.interfaces

_of(name) := {concat(".", array.slice(s.option, 4, 9)): s.value |
	some s in interfaces.settings
	s.option[3] == name
}

test_a_port_goes_into_its_bridge if {
	_of("10-eno1") == {"matchConfig.Name": "eno1", "linkConfig.RequiredForOnline": false, "networkConfig.Bridge": "vmbr0"} with input as network_test.files_only({"interfaces": network_test.bridged})
	_of("10-vmbr0") == {"matchConfig.Name": "vmbr0", "linkConfig.RequiredForOnline": "routable"} with input as network_test.files_only({"interfaces": network_test.bridged})
}

test_a_port_without_a_stanza_gets_a_file_too if {
	_of("10-eno9") == {"matchConfig.Name": "eno9", "linkConfig.RequiredForOnline": false, "networkConfig.Bond": "bond0"} with input as network_test.host({"interfaces": [network_test.interface("bond0", "bond", [["bond-slaves", "eno9"]], {"slaves": ["eno9"]})]})
}

test_an_interface_that_is_not_started_stays_down if {
	_of("10-eno2")["linkConfig.ActivationPolicy"] == "manual" with input as network_test.host({"interfaces": [network_test.interface("eno2", "physical", [], {"auto": false})]})
}

test_vlan_devices_are_named_by_their_parent if {
	facts := [network_test.interface("eno1", "physical", [], {"auto": false}), network_test.interface("eno1.5", "vlan", [], {"vlan_id": 5, "vlan_raw_device": "eno1"})]
	_of("10-eno1") == {"matchConfig.Name": "eno1", "linkConfig.RequiredForOnline": false, "vlan": ["eno1.5"]} with input as network_test.host({"interfaces": facts})
}

test_mtu_and_address_of_a_card if {
	facts := [network_test.interface("eno1", "physical", [["mtu", "9000"], ["hwaddress", "ether 02:00:00:00:00:01"]], {"mtu": 9000})]
	found := _of("10-eno1") with input as network_test.host({"interfaces": facts})
	found["linkConfig.MTUBytes"] == "9000"
	found["linkConfig.MACAddress"] == "02:00:00:00:00:01"
}

test_hostile_names_make_nothing if {
	facts := [
		network_test.interface("eth0\n[Match]", "physical", [], {}),
		network_test.interface("vmbr0", "bridge", [["bridge-ports", "a/b"]], {"ports": ["a/b", "${x}"]}),
	]
	{s.option[3] | some s in interfaces.settings} == {"10-vmbr0"} with input as network_test.host({"interfaces": facts})
	every s in interfaces.settings {
		not "/network/interfaces/1/options/0" in s.at
	} with input as network_test.host({"interfaces": facts})
}

test_a_port_stays_in_open_vswitch if {
	facts := [network_test.interface("vmbr3", "ovs-bridge", [], {"ports": ["eno4"]}), network_test.interface("eno4", "ovs-port", [], {"ovs_bridge": "vmbr3"})]
	_of("10-eno4")["networkConfig.KeepMaster"] == true with input as network_test.host({"interfaces": facts})
	not _of("10-vmbr3")["networkConfig.KeepMaster"] with input as network_test.host({"interfaces": facts})
}
