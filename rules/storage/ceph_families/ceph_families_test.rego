package rules.storage.ceph_families_test

import data.rules.storage.ceph_families

_host(four) := {"storage": {"ceph": {"config": array.concat([{"key": "global.ms_bind_ipv6", "value": "true"}], four)}}}

test_fires_with_both if {
	ceph_families.findings == {{"at": ["/storage/ceph/config/0"], "vars": {}}} with input as _host([])
}

test_silent_when_four_is_off if {
	count(ceph_families.findings) == 0 with input as _host([{"key": "global.ms bind ipv4", "value": "false"}])
}
