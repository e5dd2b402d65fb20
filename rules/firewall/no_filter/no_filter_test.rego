package rules.firewall.no_filter_test

import data.lib.network_test
import data.rules.firewall.no_filter

test_a_host_without_filter_gets_none if {
	no_filter.settings == {{"at": [], "option": ["networking", "firewall", "enable"], "value": false}} with input as network_test.host({"interfaces": network_test.bridged})
}

test_an_empty_snapshot_says_nothing if {
	count(no_filter.settings) == 0 with input as network_test.host({})
}
