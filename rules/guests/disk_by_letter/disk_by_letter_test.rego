package rules.guests.disk_by_letter_test

import data.rules.guests.disk_by_letter

_host(type, key, field, path) := {"guests": [{"vmid": 126, "type": type, "local": true, "config": [
	{"key": "name", "value": "nas", "fields": []},
	{"key": key, "value": path, "fields": [{"name": field, "value": path}]},
]}]}

test_fires_on_a_letter if {
	disk_by_letter.findings == {{"at": ["/guests/0/config/1"], "vars": {"vmid": 126, "name": "nas", "disks": "/dev/sdc"}}} with input as _host("qemu", "scsi1", "file", "/dev/sdc")
}

test_fires_on_a_partition_of_a_container if {
	{f.vars.disks | some f in disk_by_letter.findings} == {"/dev/nvme1n1p2"} with input as _host("lxc", "mp0", "volume", "/dev/nvme1n1p2")
}

test_silent_on_a_link if {
	count(disk_by_letter.findings) == 0 with input as _host("qemu", "scsi1", "file", "/dev/disk/by-id/ata-WDC_X-part1")
}

test_silent_on_a_logical_volume if {
	count(disk_by_letter.findings) == 0 with input as _host("qemu", "scsi1", "file", "/dev/vg/sda")
}
