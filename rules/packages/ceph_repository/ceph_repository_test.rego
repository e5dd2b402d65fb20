package rules.packages.ceph_repository_test

import data.rules.packages.ceph_repository

_host(version, storage) := {
	"packages": [{"name": "ceph-common", "version": version, "status": "installed"}],
	"repositories": [{"enabled": true, "types": ["deb"], "uris": ["http://download.proxmox.com/debian/ceph-squid"], "suites": ["bookworm"], "components": ["no-subscription"]}],
	"storage": {"ceph": {"daemons": []}, "storages": [{"type": storage, "id": "x"}]},
}

_tables := {"ceph_releases": {"squid": 19}, "releases": {"25.11": {"cephMajor": 19}}}

test_fires_where_the_upgrade_has_not_been_done if {
	ceph_repository.findings == {{"at": ["/packages/0", "/repositories/0"], "vars": {"name": "squid", "have": 18, "want": 19}}} with input as _host("18.2.4-pve3", "rbd")
		with data.catalog as _tables
		with data.release as "25.11"
}

test_fires_on_a_node_with_daemons if {
	host := json.patch(_host("18.2.4-pve3", "dir"), [{"op": "replace", "path": "/storage/ceph/daemons", "value": ["mon.pve1"]}])
	count(ceph_repository.findings) == 1 with input as host
		with data.catalog as _tables
		with data.release as "25.11"
}

test_silent_where_both_are_the_same if {
	count(ceph_repository.findings) == 0 with input as _host("19.2.1-pve3", "rbd")
		with data.catalog as _tables
		with data.release as "25.11"
}

test_silent_where_ceph_is_installed_and_not_used if {
	count(ceph_repository.findings) == 0 with input as _host("18.2.4-pve3", "dir")
		with data.catalog as _tables
		with data.release as "25.11"
}
