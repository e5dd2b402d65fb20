package rules.guests.locked_test

import data.rules.guests.locked

_host(lock, more) := {"guests": [{"vmid": 141, "type": "qemu", "local": true, "config": array.concat([{"key": "name", "value": "import", "fields": []}, {"key": "lock", "value": lock, "fields": []}], more)}]}

test_fires_on_a_lock if {
	locked.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 141, "name": "import", "lock": "create"}}} with input as _host("create", [])
}

test_silent_on_a_lock_that_goes_by_itself if {
	count(locked.findings) == 0 with input as _host("backup", [])
}

test_silent_on_saved_memory if {
	count(locked.findings) == 0 with input as _host("suspended", [{"key": "vmstate", "value": "tank:vm-141-state-suspend", "fields": []}])
}
