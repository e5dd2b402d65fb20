package rules.storage.ceph_copies_test

import data.rules.storage.ceph_copies

_host(size, least) := {"storage": {"ceph": {"config": [
	{"key": "global.osd_pool_default_size", "value": size},
	{"key": "global.osd pool default min size", "value": least},
]}}}

test_fires_on_two_copies_and_one if {
	ceph_copies.findings == {{"at": ["/storage/ceph/config/0", "/storage/ceph/config/1"], "vars": {"values": "osd_pool_default_min_size = 1, osd_pool_default_size = 2"}}} with input as _host("2", "1")
}

test_silent_on_the_defaults if {
	count(ceph_copies.findings) == 0 with input as _host("3", "2")
}
