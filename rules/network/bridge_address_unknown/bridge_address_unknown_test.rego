package rules.network.bridge_address_unknown_test

import data.lib.network_test
import data.rules.network.bridge_address_unknown

test_fires_when_no_address_is_known if {
	{f.vars.bridges | some f in bridge_address_unknown.findings} == {"vmbr0"} with input as network_test.files_only({"interfaces": network_test.bridged})
}

test_silent_when_the_port_has_one if {
	count(bridge_address_unknown.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged, "links": [network_test.card("eno1", "3c:ec:ef:00:00:01", {})]})
}

test_silent_for_a_bridge_without_ports if {
	count(bridge_address_unknown.findings) == 0 with input as network_test.files_only({"interfaces": [network_test.interface("vmbr1", "bridge", [], {})]})
}
