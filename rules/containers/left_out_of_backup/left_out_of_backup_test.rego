package rules.containers.left_out_of_backup_test

import data.rules.containers.left_out_of_backup

_host(key, volume, fields) := {"guests": [{"vmid": 203, "type": "lxc", "local": true, "config": [{"key": key, "value": "x", "fields": array.concat([{"name": "volume", "value": volume}], fields)}]}]}

test_fires_on_a_volume if {
	left_out_of_backup.findings == {{"at": ["/guests/0/config/0"], "vars": {"mounts": "203 mp0"}}} with input as _host("mp0", "tank:subvol-203-disk-1", [])
}

test_silent_on_a_volume_that_is_included if {
	count(left_out_of_backup.findings) == 0 with input as _host("mp0", "tank:subvol-203-disk-1", [{"name": "backup", "value": "1"}])
}

test_silent_on_a_directory_of_the_host if {
	count(left_out_of_backup.findings) == 0 with input as _host("mp0", "/tank/media", [])
}

test_silent_on_the_root if {
	count(left_out_of_backup.findings) == 0 with input as _host("rootfs", "tank:subvol-203-disk-0", [])
}
