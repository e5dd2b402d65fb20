package rules.storage.ceph_keyring_test

import data.rules.storage.ceph_keyring

_host(key, daemons) := {"storage": {"ceph": {"daemons": daemons, "config": [{"key": key, "value": "/etc/pve/priv/$cluster.$name.keyring"}]}}}

test_fires_on_the_global_section if {
	ceph_keyring.findings == {{"at": ["/storage/ceph/config/0"], "vars": {"path": "/etc/pve/priv/$cluster.$name.keyring"}}} with input as _host("global.keyring", ["mon.a"])
}

test_silent_on_the_clients_section if {
	count(ceph_keyring.findings) == 0 with input as _host("client.keyring", ["mon.a"])
}

test_silent_without_daemons if {
	count(ceph_keyring.findings) == 0 with input as _host("global.keyring", [])
}
