package rules.storage.ceph_encrypted_test

import data.rules.storage.ceph_encrypted

_host(encrypted) := {"storage": {"ceph": {"osds": [{"id": 3, "encrypted": false}, {"id": 4, "encrypted": encrypted}]}}}

test_fires_on_dm_crypt if {
	ceph_encrypted.findings == {{"at": ["/storage/ceph/osds/1"], "vars": {"osds": "osd.4"}}} with input as _host(true)
}

test_silent_on_plain_osds if {
	count(ceph_encrypted.findings) == 0 with input as _host(false)
}

test_the_unit_gets_the_program if {
	ceph_encrypted.settings == {{"at": ["/storage/ceph/osds/1"], "option": ["systemd", "services", "ceph-volume-all", "path"], "value": [{"_ref": ["pkgs", "cryptsetup"]}]}} with input as _host(true)
	count(ceph_encrypted.bridges) == 1 with input as _host(true)
	count(ceph_encrypted.settings | ceph_encrypted.bridges) == 0 with input as _host(false)
}
