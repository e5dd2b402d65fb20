package rules.storage.ceph_version_test

import data.lib.tables_test
import data.rules.storage.ceph_version

_host(version, daemons) := {
	"packages": [{"name": "ceph-common", "version": version, "status": "installed"}],
	"storage": {"ceph": {"daemons": daemons}},
}

test_fires_on_an_older_cluster if {
	{f.vars.have | some f in ceph_version.findings} == {18} with input as _host("18.2.7-pve1", ["osd.0"])
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_the_conversion_is_refused if {
	ceph_version.inhibits == {{"at": ["/packages/0"], "vars": {"have": 18, "want": 19, "release": "25.11"}}} with input as _host("18.2.7-pve1", ["osd.0"])
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_silent_on_the_same_major if {
	count(ceph_version.findings | ceph_version.inhibits) == 0 with input as _host("19.2.3-pve1", ["osd.0"])
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}

test_silent_on_the_client_that_every_host_has if {
	count(ceph_version.findings) == 0 with input as _host("16.2.15+ds-0+deb12u1", [])
		with data.release as "25.11"
		with data.catalog as tables_test.fixture
}
