package rules.storage.ceph_without_osd_test

import data.rules.storage.ceph_without_osd

_host(daemons) := {"storage": {"ceph": {"daemons": daemons}}}

test_fires_on_a_lone_monitor if {
	ceph_without_osd.findings == {{"at": ["/storage/ceph/daemons"], "vars": {"daemons": "mon.pve1"}}} with input as _host(["mon.pve1"])
}

test_silent_with_an_osd if {
	count(ceph_without_osd.findings) == 0 with input as _host(["mon.pve1", "osd.1"])
}

test_silent_without_ceph if {
	count(ceph_without_osd.findings) == 0 with input as _host([])
}
