package rules.software.snaps_test

import data.rules.software.snaps

_host(state) := {"units": [
	{"name": "snapd.service", "file_state": state},
	{"name": "snap-certbot-4193.mount", "file_state": "enabled"},
]}

test_fires_where_snapd_runs if {
	snaps.findings == {{"at": ["/units/0"], "vars": {"names": "certbot"}}} with input as _host("enabled")
}

test_fires_without_snaps if {
	snaps.findings == {{"at": ["/units/0"], "vars": {"names": "none"}}} with input as {"units": [{"name": "snapd.socket", "file_state": "enabled"}]}
}

test_silent_where_it_is_switched_off if {
	count(snaps.findings) == 0 with input as _host("disabled")
}
