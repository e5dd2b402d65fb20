package rules.guests.backup_cut_off_test

import data.rules.guests.backup_cut_off

_host(lock) := {"guests": [{"vmid": 104, "type": "lxc", "local": true, "config": [{"key": "lock", "value": lock, "fields": []}]}]}

test_fires_on_a_lock_of_a_backup if {
	backup_cut_off.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "104"}}} with input as _host("backup")
}

test_silent_on_another_lock if {
	count(backup_cut_off.findings) == 0 with input as _host("disk")
}
