package rules.network.live_mtu_test

import data.lib.network_test
import data.rules.network.live_mtu

_host(mtu, over, more) := network_test.host({
	"interfaces": array.concat([network_test.interface("eno1", "physical", [], over)], more),
	"links": [network_test.card("eno1", "52:54:00:00:00:02", {"mtu": mtu})],
})

test_fires_for_another_mtu if {
	live_mtu.findings == {{"at": ["/network/interfaces/0", "/network/links/0"], "vars": {"card": "eno1", "live": 9000, "configured": 1500}}} with input as _host(9000, {}, [])
}

test_silent_for_the_one_that_is_written if {
	count(live_mtu.findings) == 0 with input as _host(9000, {"mtu": 9000}, [])
}

test_silent_in_a_bond if {
	count(live_mtu.findings) == 0 with input as _host(9000, {}, [network_test.interface("bond0", "bond", [], {"mtu": 9000, "slaves": ["eno1"]})])
}

test_silent_below_a_bridge_that_asks_for_more if {
	count(live_mtu.findings) == 0 with input as _host(9000, {}, [network_test.interface("vmbr0", "bridge", [], {"mtu": 9000, "ports": ["eno1"]})])
}
