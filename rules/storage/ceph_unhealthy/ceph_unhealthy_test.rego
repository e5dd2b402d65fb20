package rules.storage.ceph_unhealthy_test

import data.rules.storage.ceph_unhealthy

_host(health, checks) := {"storage": {"ceph": {"health": health, "checks": checks}}}

test_fires_on_a_warning if {
	ceph_unhealthy.findings == {{"at": ["/storage/ceph/health"], "vars": {"health": "HEALTH_WARN", "checks": "OSD_DOWN, PG_DEGRADED"}}} with input as _host("HEALTH_WARN", ["PG_DEGRADED", "OSD_DOWN"])
}

test_silent_on_a_flag_that_was_set if {
	count(ceph_unhealthy.findings) == 0 with input as _host("HEALTH_WARN", ["OSDMAP_FLAGS"])
}

test_silent_on_a_healthy_cluster if {
	count(ceph_unhealthy.findings) == 0 with input as _host("HEALTH_OK", [])
}

test_silent_when_it_was_not_asked if {
	count(ceph_unhealthy.findings) == 0 with input as {"storage": {"ceph": {"checks": []}}}
}
