package rules.firewall.guest_tables_static_test

import data.lib.guestfilters_test
import data.rules.firewall.guest_tables_static

test_fires_for_guests_in_the_table if {
	guest_tables_static.findings == {{"at": ["/guests/0/config/0"], "vars": {"guests": "100", "devices": "tap100i0"}}} with input as guestfilters_test.host({}, [guestfilters_test.guarded("100", {}, {})])
		with data.target as "libvirt"
}

test_silent_for_guests_that_are_lost if {
	count(guest_tables_static.findings) == 0 with input as guestfilters_test.host({}, [guestfilters_test.guarded("100", {"ips": "1"}, {})]) with data.target as "libvirt"
}
