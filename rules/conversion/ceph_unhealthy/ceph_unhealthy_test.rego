package rules.conversion.ceph_unhealthy_test

import data.rules.conversion.ceph_unhealthy

_vars(ceph) := x if x := {i.vars | some i in ceph_unhealthy.inhibits} with input.storage.ceph as object.union({"daemons": ["mon.pve1"], "checks": []}, ceph)

test_fires_on_a_warning if {
	_vars({"health": "HEALTH_WARN", "checks": ["OSD_DOWN", "MON_DOWN"]}) == {{"health": "HEALTH_WARN", "checks": " (MON_DOWN, OSD_DOWN)"}}
	_vars({"health": "HEALTH_ERR"}) == {{"health": "HEALTH_ERR", "checks": ""}}
}

test_fires_where_nobody_answered if {
	_vars({}) == {{"health": "nothing, the capture got no answer", "checks": ""}}
}

test_silent_where_all_is_well if {
	_vars({"health": "HEALTH_OK"}) == set()
}

test_silent_on_a_client_of_ceph if {
	_vars({"health": "HEALTH_WARN", "daemons": []}) == set()
}
