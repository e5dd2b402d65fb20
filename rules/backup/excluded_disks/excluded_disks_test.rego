package rules.backup.excluded_disks_test

import data.rules.backup.excluded_disks

_disk(key, volume, fields) := {"key": key, "value": volume, "fields": array.concat([{"name": "file", "value": volume}], fields)}

_mount(key, fields) := {"key": key, "value": "s:x", "fields": array.concat([{"name": "volume", "value": "s:subvol-200-disk-1"}], fields)}

_host(fields, vmids) := {
	"host": {"name": "a"},
	"access": {"pools": []},
	"jobs": {"scheduled": [{"type": "vzdump", "id": "x", "properties": [{"key": "vmid", "value": vmids}]}]},
	"guests": [
		{"vmid": 100, "type": "qemu", "local": true, "config": [_disk("scsi0", "s:vm-100-disk-0", []), _disk("scsi1", "s:vm-100-disk-1", fields)]},
		{"vmid": 200, "type": "lxc", "local": true, "config": [_mount("mp0", fields), _mount("mp1", [{"name": "backup", "value": "1"}])]},
	],
}

test_fires_on_both_kinds if {
	excluded_disks.findings == {{"at": ["/guests/0/config/1", "/guests/1/config/0"], "vars": {"disks": "100 scsi1, 200 mp0"}}} with input as _host([{"name": "backup", "value": "0"}], "100,200")
}

test_fires_on_a_mount_point_by_default if {
	excluded_disks.findings == {{"at": ["/guests/1/config/0"], "vars": {"disks": "200 mp0"}}} with input as _host([], "100,200")
}

test_silent_when_no_job_has_the_guest if {
	count(excluded_disks.findings) == 0 with input as _host([{"name": "backup", "value": "0"}], "101")
}
