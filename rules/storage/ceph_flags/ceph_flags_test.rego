package rules.storage.ceph_flags_test

import data.rules.storage.ceph_flags

test_fires_on_a_flag if {
	ceph_flags.findings == {{"at": ["/storage/ceph/checks"], "vars": {}}} with input as {"storage": {"ceph": {"checks": ["OSDMAP_FLAGS"]}}}
}

test_silent_on_other_checks if {
	count(ceph_flags.findings) == 0 with input as {"storage": {"ceph": {"checks": ["POOL_NO_REDUNDANCY"]}}}
}
