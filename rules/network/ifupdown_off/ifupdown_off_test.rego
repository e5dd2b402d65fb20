package rules.network.ifupdown_off_test

import data.lib.network_test
import data.rules.network.ifupdown_off

_host(state, areas) := object.union(
	network_test.host({"interfaces": network_test.bridged}),
	{
		"capture": {"areas": areas},
		"units": [{"name": "networking.service", "file_state": state}],
	},
)

_known := [{"name": "units", "status": "known", "source": "file"}]

test_fires_where_it_is_masked if {
	ifupdown_off.findings == {{"at": ["/units/0"], "vars": {"state": "masked", "count": 2}}} with input as _host("masked", _known)
}

test_silent_where_it_is_on if {
	count(ifupdown_off.findings) == 0 with input as _host("enabled", _known)
}

test_silent_where_units_are_not_known if {
	count(ifupdown_off.findings) == 0 with input as _host("disabled", [])
}
