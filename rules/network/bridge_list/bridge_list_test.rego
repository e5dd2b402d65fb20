package rules.network.bridge_list_test

import data.lib.network_test
import data.rules.network.bridge_list

_host := network_test.host({"interfaces": array.concat(network_test.bridged, [network_test.interface("vmbr1", "ovs-bridge", [], {})])})

test_names_the_bridges_for_the_web_interface if {
	[s.value | some s in bridge_list.settings] == [["vmbr0", "vmbr1"]] with input as _host
}

test_other_targets_have_no_web_interface if {
	count(bridge_list.settings) == 0 with input as network_test.host({})
}
