package rules.storage.ceph_quorum_test

import data.rules.storage.ceph_quorum

_host(quorum) := {"cluster": {"nodes": [{"name": "a", "id": 1}, {"name": "b", "id": 2}]}, "units": [], "storage": {"ceph": {"daemons": ["mon.a"], "quorum": quorum}}}

test_fires_on_two_monitors if {
	ceph_quorum.findings == {{"at": ["/storage/ceph/quorum"], "vars": {"quorum": "a, b"}}} with input as _host(["b", "a"])
}

test_silent_where_there_is_no_other_node if {
	count(ceph_quorum.findings) == 0 with input as json.patch(_host(["a"]), [{"op": "replace", "path": "/cluster/nodes/1/id", "value": 0}])
}

test_silent_on_three if {
	count(ceph_quorum.findings) == 0 with input as _host(["a", "b", "c"])
}

test_silent_where_this_host_has_none if {
	count(ceph_quorum.findings) == 0 with input as _host(["b", "c"])
}
