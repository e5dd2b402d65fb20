package rules.network.bond_degraded_test

import data.lib.network_test
import data.rules.network.bond_degraded

_host(state, auto) := network_test.host({
	"interfaces": [network_test.interface("bond0", "bond", [], {"slaves": ["eno1", "eno2"], "bond_mode": "802.3ad", "auto": auto})],
	"links": [
		network_test.card("eno1", "52:54:00:00:00:02", {"master": "bond0"}),
		network_test.card("eno2", "52:54:00:00:00:04", {"master": "bond0", "state": state}),
	],
})

test_fires_for_a_dead_link if {
	bond_degraded.findings == {{"at": ["/network/links/1"], "vars": {"bond": "bond0", "links": "eno2"}}} with input as _host("down", true)
}

test_silent_with_all_links if {
	count(bond_degraded.findings) == 0 with input as _host("up", true)
}

test_silent_for_a_bond_that_is_not_started if {
	count(bond_degraded.findings) == 0 with input as _host("down", false)
}
