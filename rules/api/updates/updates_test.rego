package rules.api.updates_test

import data.rules.api.updates

_host(status) := {"packages": [{"name": "pve-manager", "status": status}]}

test_fires_on_a_pve_host if {
	updates.findings == {{"at": ["/packages/0"], "vars": {}}} with input as _host("installed")
}

test_silent_where_pve_was_removed if {
	count(updates.findings) == 0 with input as _host("config-files")
}
