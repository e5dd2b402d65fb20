package rules.network.networkd_test

import data.lib.network_test
import data.rules.network.networkd

_value(option) := {s.value | some s in networkd.settings; s.option == option}

test_a_host_with_interfaces_uses_networkd if {
	_value(["networking", "useNetworkd"]) == {true} with input as network_test.host({"interfaces": network_test.bridged})
	_value(["networking", "useDHCP"]) == {false} with input as network_test.host({"interfaces": network_test.bridged})
}

test_nothing_is_set_where_no_interface_is_known if {
	count(networkd.settings) == 0 with input as network_test.host({})
	count(networkd.settings) == 0 with input as network_test.host({"interfaces": [network_test.interface("lo", "loopback", [], {})]})
}

test_the_boot_waits_only_when_there_is_something_to_wait_for if {
	option := ["systemd", "network", "wait-online", "enable"]
	_value(option) == {true} with input as network_test.files_only({"interfaces": network_test.bridged})
	_value(option) == {false} with input as network_test.host({"interfaces": [network_test.interface("eno1", "physical", [], {})]})
}
