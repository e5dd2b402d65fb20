package rules.network.ifupdown_off_test

import data.lib.network_test
import data.rules.network.ifupdown_off

_host(unit) := object.union(
	network_test.host({"interfaces": network_test.bridged}),
	{"units": [object.union({"name": "networking.service"}, unit)]},
)

test_fires_where_it_is_masked if {
	ifupdown_off.findings == {{"at": ["/units/0"], "vars": {"state": "masked", "count": 2}}} with input as _host({"file_state": "masked"})
}

test_silent_where_it_is_on if {
	count(ifupdown_off.findings) == 0 with input as _host({"file_state": "enabled"})
}

test_silent_where_something_else_starts_it if {
	count(ifupdown_off.findings) == 0 with input as _host({"file_state": "disabled", "active_state": "active"})
}

test_silent_where_its_state_is_not_known if {
	count(ifupdown_off.findings) == 0 with input as _host({})
}
