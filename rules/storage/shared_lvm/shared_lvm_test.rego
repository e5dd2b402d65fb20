package rules.storage.shared_lvm_test

import data.rules.storage.shared_lvm

_host(shared) := {"host": {"name": "a"}, "storage": {"storages": [{"type": "lvm", "id": "san", "properties": [
	{"key": "vgname", "value": "san", "fields": []},
	{"key": "shared", "value": shared, "fields": []},
]}]}}

test_fires_on_a_shared_group if {
	shared_lvm.findings == {{"at": ["/storage/storages/0"], "vars": {"id": "san"}}} with input as _host("1")
}

test_silent_on_a_local_group if {
	count(shared_lvm.findings) == 0 with input as _host("0")
}
