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

test_the_conversion_is_refused_where_daemons_go_away if {
	host := {"storage": {"ceph": {"health": "HEALTH_WARN", "checks": ["OSD_DOWN"], "daemons": ["mon.pve1"]}}}
	ceph_unhealthy.inhibits == {{"at": ["/storage/ceph/health"], "vars": {"health": "HEALTH_WARN", "checks": "OSD_DOWN"}}} with input as host
	count(ceph_unhealthy.inhibits) == 0 with input as json.patch(host, [{"op": "replace", "path": "/storage/ceph/daemons", "value": []}])
}
