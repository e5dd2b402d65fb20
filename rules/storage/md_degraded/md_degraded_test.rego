package rules.storage.md_degraded_test

import data.rules.storage.md_degraded

_host(array) := {"storage": {"md_arrays": [object.union({"name": "md0", "degraded": 0}, array)]}}

test_fires_on_a_missing_member if {
	md_degraded.findings == {{"at": ["/storage/md_arrays/0"], "vars": {"name": "md0", "state": "active", "missing": 1}}} with input as _host({"state": "active", "degraded": 1})
}

test_fires_on_an_array_that_did_not_start if {
	count(md_degraded.findings) == 1 with input as _host({"state": "inactive"})
}

test_silent_on_a_whole_one if {
	count(md_degraded.findings) == 0 with input as _host({"state": "active"})
}

test_silent_on_a_line_of_mdadm_conf if {
	count(md_degraded.findings) == 0 with input as _host({"configured": true})
}
