package rules.storage.ceph_dashboard_test

import data.rules.storage.ceph_dashboard

_host(daemons) := {"units": [], "packages": [{"name": "ceph-mgr-dashboard", "status": "installed"}], "storage": {"ceph": {"daemons": daemons}}}

test_fires_beside_a_manager if {
	ceph_dashboard.findings == {{"at": ["/packages/0"], "vars": {}}} with input as _host(["mgr.a"])
}

test_silent_without_one if {
	count(ceph_dashboard.findings) == 0 with input as _host(["mon.a"])
}
