package rules.conversion.ceph_unknown_test

import data.rules.conversion.ceph_unknown

_said(ceph) := x if {
	x := {[i.at, i.vars.daemons] | some i in ceph_unknown.inhibits} with input.storage.ceph as object.union({"daemons": ["osd.0", "mon.pve1"], "config": [{"key": "global.fsid"}]}, ceph)
}

test_fires_where_nobody_answered if {
	_said({}) == {[["/storage/ceph/daemons"], "mon.pve1, osd.0"]}
}

test_silent_where_the_cluster_answered if {
	_said({"health": "HEALTH_WARN"}) == set()
}

test_silent_on_a_client_and_on_daemons_that_are_left_of_a_cluster if {
	_said({"daemons": []}) == set()
	_said({"config": []}) == set()
}
