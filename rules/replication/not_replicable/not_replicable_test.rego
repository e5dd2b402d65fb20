package rules.replication.not_replicable_test

import data.rules.replication.not_replicable

_host(fields) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "scsi0", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}]},
		{"key": "scsi1", "fields": array.concat([{"name": "file", "value": "local-lvm:vm-100-disk-0"}], fields)},
	]}],
	"cluster": {"replication": [{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}]}]},
	"storage": {"storages": [{"type": "zfspool", "id": "tank", "properties": []}, {"type": "lvmthin", "id": "local-lvm", "properties": []}]},
}

test_fires_on_a_disk_that_is_not_on_zfs if {
	not_replicable.findings == {{"at": ["/guests/0/config/1"], "vars": {"disks": "scsi1 of 100 on local-lvm"}}} with input as _host([])
}

test_silent_where_it_is_left_out_on_purpose if {
	count(not_replicable.findings) == 0 with input as _host([{"name": "replicate", "value": "0"}])
}

test_silent_where_it_is_left_out_in_another_word if {
	count(not_replicable.findings) == 0 with input as _host([{"name": "replicate", "value": "no"}])
}

test_silent_on_a_storage_that_all_nodes_have if {
	host := object.union(_host([]), {"storage": {"storages": [{"type": "zfspool", "id": "tank", "properties": []}, {"type": "lvmthin", "id": "local-lvm", "properties": [{"key": "shared", "value": "1"}]}]}})
	count(not_replicable.findings) == 0 with input as host
}
