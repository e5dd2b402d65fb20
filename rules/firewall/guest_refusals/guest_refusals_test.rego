package rules.firewall.guest_refusals_test

import data.lib.guestfilters_test
import data.rules.firewall.guest_refusals

test_fires_for_a_policy_that_refuses if {
	guest_refusals.findings == {{"at": ["/guests/0/config/0"], "vars": {"guests": "100"}}} with input as guestfilters_test.host({}, [guestfilters_test.guarded("100", {"policy_in": "REJECT"}, {}), guestfilters_test.guarded("200", {}, {})])
		with data.target as "libvirt"
}

test_silent_where_packets_are_dropped if {
	count(guest_refusals.findings) == 0 with input as guestfilters_test.host({}, [guestfilters_test.guarded("100", {"policy_in": "DROP"}, {})]) with data.target as "libvirt"
}
