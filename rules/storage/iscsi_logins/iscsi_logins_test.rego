package rules.storage.iscsi_logins_test

import data.rules.storage.iscsi_logins

_host(type) := {"host": {"name": "a"}, "storage": {"storages": [{"type": type, "id": "san", "properties": []}]}}

test_fires_and_carries_the_database if {
	iscsi_logins.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "san"}}} with input as _host("iscsi")
	{c.path | some c in iscsi_logins.carries} == {"/etc/iscsi/nodes", "/etc/iscsi/send_targets"} with input as _host("iscsi")
}

test_silent_without_iscsi if {
	count(iscsi_logins.findings) == 0 with input as _host("nfs")
	count(iscsi_logins.carries) == 0 with input as _host("nfs")
}
