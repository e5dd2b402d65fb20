package rules.network.up_by_hand_test

import data.lib.network_test
import data.rules.network.up_by_hand

_host(kind, over, up) := network_test.host({
	"interfaces": [network_test.interface("vmbr5", kind, [], over)],
	"links": [{"name": "vmbr5", "kind": "bridge", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [], "up": up}],
})

test_fires_for_a_bridge_of_somebody if {
	up_by_hand.findings == {{"at": ["/network/interfaces/0"], "vars": {"interfaces": "vmbr5"}}} with input as _host("bridge", {"auto": false}, true)
}

test_fires_for_a_card_with_an_address if {
	count(up_by_hand.findings) == 1 with input as _host("physical", {"auto": false, "addresses": [{"cidr": "192.0.2.5/24", "family": "inet"}]}, true)
}

test_silent_for_a_bare_card if {
	count(up_by_hand.findings) == 0 with input as _host("physical", {"auto": false}, true)
}

test_silent_where_the_boot_does_it if {
	count(up_by_hand.findings) == 0 with input as _host("bridge", {"auto": true}, true)
}

test_silent_where_it_is_down if {
	count(up_by_hand.findings) == 0 with input as _host("bridge", {"auto": false}, false)
}
