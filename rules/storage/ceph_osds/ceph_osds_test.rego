package rules.storage.ceph_osds_test

import data.rules.storage.ceph_osds

_host(daemons) := {"storage": {"ceph": {"daemons": daemons}}}

test_fires_on_an_osd if {
	ceph_osds.findings == {{"at": ["/storage/ceph/daemons"], "vars": {"osds": "osd.3"}}} with input as _host(["osd.3", "mon.a"])
}

test_silent_on_a_client if {
	count(ceph_osds.findings) == 0 with input as _host([])
}
