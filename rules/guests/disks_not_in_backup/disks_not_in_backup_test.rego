package rules.guests.disks_not_in_backup_test

import data.rules.guests.disks_not_in_backup

_host(backup, media) := {"guests": [{"vmid": 131, "type": "qemu", "local": true, "config": [{"key": "scsi1", "value": "x", "fields": [
	{"name": "file", "value": "tank:vm-131-disk-1"},
	{"name": "backup", "value": backup},
	{"name": "media", "value": media},
]}]}]}

test_fires_on_an_excluded_disk if {
	disks_not_in_backup.findings == {{"at": ["/guests/0/config/0"], "vars": {"disks": "131 scsi1"}}} with input as _host("0", "disk")
}

test_fires_where_the_medium_is_not_named if {
	host := json.patch(_host("0", "disk"), [{"op": "remove", "path": "/guests/0/config/0/fields/2"}])
	count(disks_not_in_backup.findings) == 1 with input as host
}

test_silent_on_an_included_disk if {
	count(disks_not_in_backup.findings) == 0 with input as _host("1", "disk")
}

test_silent_on_a_cd if {
	count(disks_not_in_backup.findings) == 0 with input as _host("0", "cdrom")
}
