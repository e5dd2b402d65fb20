package rules.network.hosts_test

import data.lib.network_test
import data.rules.network.hosts

_host(lines) := network_test.host({"hosts": [{"address": l[0], "names": l[1]} | some l in lines]})

_value(address) := {s.value | some s in hosts.settings; s.option[2] == address}

test_the_own_address_is_forced if {
	facts := _host([["192.0.2.10", ["pve1.example.com", "pve1"]], ["192.0.2.11", ["pve2"]]])
	_value("192.0.2.10") == {{"_mkForce": ["pve1.example.com", "pve1"]}} with input as facts
	_value("192.0.2.11") == {["pve2"]} with input as facts
}

test_the_own_name_does_not_lead_to_loopback if {
	facts := _host([["192.0.2.10", ["pve1.example.com", "pve1"]], ["::1", ["localhost"]]])
	_value("127.0.0.2") == {{"_mkForce": []}} with input as facts
	_value("::1") == {{"_mkForce": []}} with input as facts
	{s.at | some s in hosts.settings} == {["/network/hosts/0"]} with input as facts
}

test_a_name_without_a_line_keeps_the_one_of_nixos if {
	facts := _host([["192.0.2.11", ["pve2"]], ["::1", ["ip6-localhost"]]])
	count(_value("127.0.0.2")) == 0 with input as facts
	_value("::1") == {{"_mkForce": ["ip6-localhost"]}} with input as facts
}

test_localhost_is_left_to_nixos if {
	facts := _host([["127.0.0.1", ["localhost"]], ["127.0.1.1", ["pve1"]], ["10.0.0.1", ["localhost"]]])
	count(hosts.settings) == 0 with input as facts
}

test_lines_of_one_address_are_one_setting if {
	facts := _host([["192.0.2.20", ["nas"]], ["192.0.2.20", ["nas", "backup"]]])
	hosts.settings == {{"at": ["/network/hosts/0", "/network/hosts/1"], "option": ["networking", "hosts", "192.0.2.20"], "value": ["nas", "backup"]}} with input as facts
}

test_a_line_with_a_name_that_is_none_is_left if {
	count(hosts.settings) == 0 with input as _host([["192.0.2.20", ["nas", "x\n1.2.3.4 y"]], ["no-address", ["nas"]]])
}
