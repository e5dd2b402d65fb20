package rules.storage.iscsi_logins_test

import data.rules.storage.iscsi_logins

_host(type, status, record, of_all) := {
	"host": {"name": "a"},
	"capture": {"areas": [{"name": "storage.iscsi", "status": status}]},
	"config_files": [{"path": "/etc/iscsi/iscsid.conf", "properties": [{"key": "node.session.auth.authmethod", "value": of_all}]}],
	"storage": {
		"iscsi": {"nodes": [{"target": "iqn.x:a", "authentication": record}]},
		"storages": [{"type": type, "id": "san", "properties": []}],
	},
}

_one := {{"at": ["/storage/storages/0"], "vars": {"ids": "san"}}}

test_fires_on_a_password_of_a_record if {
	iscsi_logins.findings == _one with input as _host("iscsi", "known", "CHAP", "None")
}

test_fires_on_a_password_for_all if {
	iscsi_logins.findings == _one with input as _host("iscsi", "known", "None", "CHAP")
}

test_fires_when_the_records_are_unknown if {
	iscsi_logins.findings == _one with input as _host("iscsi", "unknown", "None", "None")
}

test_carries_the_database_and_is_silent_without_a_password if {
	count(iscsi_logins.findings) == 0 with input as _host("iscsi", "known", "None", "None")
	{c.path | some c in iscsi_logins.carries} == {"/etc/iscsi/nodes"} with input as _host("iscsi", "known", "None", "None")
	{c.path | some c in iscsi_logins.carries} == {"/etc/iscsi/nodes", "/etc/iscsi/send_targets"} with input as object.union(_host("iscsi", "known", "None", "None"), {"local_files": [{"path": "/etc/iscsi/send_targets"}]})
}

test_silent_without_iscsi if {
	count(iscsi_logins.findings) == 0 with input as _host("nfs", "known", "CHAP", "None")
	count(iscsi_logins.carries) == 0 with input as _host("nfs", "known", "CHAP", "None")
}
