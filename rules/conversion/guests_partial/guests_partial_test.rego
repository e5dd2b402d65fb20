package rules.conversion.guests_partial_test

import data.rules.conversion.guests_partial

_host(status) := {"capture": {"areas": [{"name": "units", "status": "partial"}, {"name": "guests", "status": status, "detail": "/etc/pve/nodes: none of them has the name of this host"}]}}

test_fires_where_a_part_is_missing if {
	guests_partial.findings == {{"at": ["/capture/areas/1"], "vars": {"why": "/etc/pve/nodes: none of them has the name of this host"}}} with input as _host("partial")
}

test_silent_where_all_were_read if {
	count(guests_partial.findings) == 0 with input as _host("known")
}
