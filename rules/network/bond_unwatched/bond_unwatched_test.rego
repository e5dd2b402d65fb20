package rules.network.bond_unwatched_test

import data.lib.network_test
import data.rules.network.bond_unwatched

_host(mode, options, links) := network_test.host({"interfaces": [network_test.interface("bond0", "bond", options, {"slaves": ["eno1", "eno2"], "bond_mode": mode})], "links": links})

test_fires_without_any_check if {
	bond_unwatched.findings == {{"at": ["/network/interfaces/0"], "vars": {"bonds": "bond0"}}} with input as _host("active-backup", [], [])
}

test_fires_where_the_line_says_never if {
	count(bond_unwatched.findings) == 1 with input as _host("active-backup", [["bond-miimon", "0"]], [])
}

test_silent_with_a_check_of_the_link if {
	count(bond_unwatched.findings) == 0 with input as _host("active-backup", [["bond-miimon", "100"]], [])
}

test_silent_with_a_check_by_arp if {
	count(bond_unwatched.findings) == 0 with input as _host("active-backup", [["bond-arp-interval", "500"]], [])
}

test_silent_where_the_kernel_has_one if {
	count(bond_unwatched.findings) == 0 with input as _host("active-backup", [], [{"name": "bond0", "kind": "bond", "mtu": 1500, "state": "up", "alt_names": [], "addresses": [], "bond": {"mode": "active-backup", "miimon_milliseconds": 100}}])
}

test_silent_in_a_mode_that_always_looks if {
	count(bond_unwatched.findings) == 0 with input as _host("802.3ad", [], [])
}
