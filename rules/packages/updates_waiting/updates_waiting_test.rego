package rules.packages.updates_waiting_test

import data.rules.packages.updates_waiting

_host(updates) := {"capture": {"areas": [{"name": "packages.updates", "status": "known"}]}, "updates": updates}

test_fires_on_updates if {
	updates_waiting.findings == {{"at": ["/updates"], "vars": {"count": 2, "pve": 1}}} with input as _host([{"name": "pve-manager", "version": "8.4.14"}, {"name": "vim", "version": "2"}])
}

test_silent_on_a_host_that_is_up_to_date if {
	count(updates_waiting.findings) == 0 with input as _host([])
}
