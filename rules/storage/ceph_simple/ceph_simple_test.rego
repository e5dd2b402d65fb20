package rules.storage.ceph_simple_test

import data.rules.storage.ceph_simple

_host(name, state) := {"units": [{"name": name, "file_state": state}]}

test_fires_on_an_osd_of_ceph_disk if {
	ceph_simple.findings == {{"at": ["/units/0"], "vars": {"osds": "osd.4"}}} with input as _host("ceph-volume@simple-4-1b2c.service", "enabled")
}

test_silent_on_lvm if {
	count(ceph_simple.findings) == 0 with input as _host("ceph-volume@lvm-4-1b2c.service", "enabled")
}

test_silent_on_one_that_is_off if {
	count(ceph_simple.findings) == 0 with input as _host("ceph-volume@simple-4-1b2c.service", "disabled")
}
