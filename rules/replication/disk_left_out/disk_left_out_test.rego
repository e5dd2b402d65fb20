package rules.replication.disk_left_out_test

import data.rules.replication.disk_left_out

_host(replicate, job) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "scsi0", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}, {"name": "replicate", "value": replicate}]},
	]}],
	"cluster": {"replication": [{"type": "local", "id": job, "properties": [{"key": "target", "value": "pve2"}]}]},
	"storage": {"storages": [{"type": "zfspool", "id": "tank", "properties": []}]},
}

test_fires_on_a_disk_that_is_left_out if {
	disk_left_out.findings == {{"at": ["/guests/0/config/0"], "vars": {"disks": "scsi0 of 100"}}} with input as _host("0", "100-0")
}

test_silent_on_one_that_is_copied if {
	count(disk_left_out.findings) == 0 with input as _host("1", "100-0")
}

test_silent_on_a_guest_without_a_job if {
	count(disk_left_out.findings) == 0 with input as _host("0", "101-0")
}

test_fires_where_another_word_says_it if {
	count(disk_left_out.findings) == 1 with input as _host("off", "100-0")
}

test_silent_on_a_storage_that_all_nodes_have if {
	host := object.union(_host("0", "100-0"), {"storage": {"storages": [{"type": "dir", "id": "tank", "properties": [{"key": "shared", "value": "1"}]}]}})
	count(disk_left_out.findings) == 0 with input as host
}
