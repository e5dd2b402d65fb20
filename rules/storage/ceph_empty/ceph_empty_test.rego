package rules.storage.ceph_empty_test

import data.rules.storage.ceph_empty

_host(status, config) := {"capture": {"areas": [{"name": "storage.ceph", "status": status}]}, "storage": {"ceph": {"daemons": ["mon.a", "osd.1"], "config": config}}}

test_fires_on_an_empty_file if {
	ceph_empty.findings == {{"at": ["/storage/ceph/daemons"], "vars": {"daemons": "mon.a, osd.1"}}} with input as _host("known", [])
}

test_silent_on_any_line if {
	count(ceph_empty.findings) == 0 with input as _host("known", [{"key": "global.fsid", "value": "x"}])
}

test_silent_when_it_could_not_be_read if {
	count(ceph_empty.findings) == 0 with input as _host("unknown", [])
}
