package rules.network.vrf_member_test

import data.lib.network_test
import data.rules.network.vrf_member

_host(kind, key) := network_test.host({"interfaces": [network_test.interface("eno3", kind, [["address", "192.0.2.3/24"], [key, "mgmt"]], {})]})

test_fires_for_a_member if {
	vrf_member.findings == {{"at": ["/network/interfaces/0/options/1"], "vars": {"interfaces": "eno3", "vrfs": "mgmt"}}} with input as _host("physical", "vrf")
}

test_silent_for_the_domain_itself if {
	count(vrf_member.findings) == 0 with input as _host("vrf", "vrf-table")
}

test_silent_where_the_domain_is_made if {
	member := network_test.interface("eno3", "physical", [["vrf", "mgmt"]], {})
	count(vrf_member.findings) == 0 with input as network_test.host({"interfaces": [member, network_test.interface("mgmt", "vrf", [["vrf-table", "1010"]], {})]})
	count(vrf_member.findings) == 1 with input as network_test.host({"interfaces": [member, network_test.interface("mgmt", "vrf", [["vrf-table", "main"]], {})]})
}
