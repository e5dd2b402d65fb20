package rules.metrics.not_recorded_test

import data.rules.metrics.not_recorded

_host(state) := {"units": [{"name": "pvestatd.service", "file_state": state}]}

test_fires_where_pve_records if {
	not_recorded.findings == {{"at": ["/units/0"], "vars": {}}} with input as _host("enabled")
}

test_silent_where_it_was_switched_off if {
	count(not_recorded.findings) == 0 with input as _host("masked")
}
