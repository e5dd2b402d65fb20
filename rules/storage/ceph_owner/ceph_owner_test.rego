package rules.storage.ceph_owner_test

import data.lib.tables_test
import data.rules.storage.ceph_owner

_host(daemons) := {
	"storage": {"ceph": {"daemons": daemons}},
	"system": {"users": [{"name": "ceph", "uid": 64045, "gid": 64045, "home": "/var/lib/ceph", "shell": "/usr/sbin/nologin"}]},
}

test_fires_where_daemons_run if {
	ceph_owner.findings == {{"at": ["/system/users/0"], "vars": {"uid": 64045}}} with input as _host(["osd.0"])
		with data.catalog as tables_test.fixture
}

test_silent_on_a_client if {
	count(ceph_owner.findings) == 0 with input as _host([])
}
