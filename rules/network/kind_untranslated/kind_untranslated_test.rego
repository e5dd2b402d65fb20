package rules.network.kind_untranslated_test

import data.lib.network_test
import data.rules.network.kind_untranslated

test_fires_for_a_vxlan_with_its_options if {
	kind_untranslated.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/0/options/0"], "vars": {"interface": "vxlan5", "kind": "vxlan"}}} with input as network_test.host({"interfaces": [network_test.interface("vxlan5", "vxlan", [["vxlan-svcnodeip", "192.0.2.9"]], {})]})
}

test_fires_for_a_name_that_the_kernel_refuses if {
	count(kind_untranslated.findings) == 1 with input as network_test.host({"interfaces": [network_test.interface("eth0;x", "physical", [], {})]})
}

test_fires_for_a_vlan_without_parent if {
	count(kind_untranslated.findings) == 1 with input as network_test.host({"interfaces": [network_test.interface("vlan5", "vlan", [], {"vlan_id": 5, "vlan_raw_device": ""})]})
}

test_fires_for_the_second_of_one_name if {
	{f.at | some f in kind_untranslated.findings} == {["/network/interfaces/1"]} with input as network_test.host({"interfaces": [network_test.interface("eno1", "physical", [], {}), network_test.interface("eno1", "physical", [], {})]})
}

test_silent_for_what_is_made if {
	count(kind_untranslated.findings) == 0 with input as network_test.host({"interfaces": array.concat(network_test.bridged, [network_test.interface("lo", "loopback", [], {})])})
}
