package rules.storage.ceph_mixed_test

import data.rules.storage.ceph_mixed

_host(osd) := {"storage": {"ceph": {"versions": [{"daemon": "mon", "version": "19.2.3", "count": 3}, {"daemon": "osd", "version": osd, "count": 6}]}}}

test_fires_on_two_versions if {
	ceph_mixed.findings == {{"at": ["/storage/ceph/versions/0", "/storage/ceph/versions/1"], "vars": {"versions": "18.2.7, 19.2.3"}}} with input as _host("18.2.7")
}

test_silent_on_one if {
	count(ceph_mixed.findings) == 0 with input as _host("19.2.3")
}
