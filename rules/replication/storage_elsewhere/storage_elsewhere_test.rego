package rules.replication.storage_elsewhere_test

import data.rules.replication.storage_elsewhere

_host(nodes) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "fields": [{"name": "file", "value": "tank:vm-100-disk-0"}]}]}],
	"cluster": {"replication": [{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}]}]},
	"storage": {"storages": [{"type": "zfspool", "id": "tank", "properties": [{"key": "pool", "value": "tank"}, {"key": "nodes", "value": nodes}]}]},
}

test_fires_where_the_storage_is_this_nodes_alone if {
	storage_elsewhere.findings == {{"at": ["/cluster/replication/0", "/storage/storages/0/properties/1"], "vars": {"jobs": "100-0", "storages": "tank"}}} with input as _host("pve1")
}

test_silent_where_the_target_has_it if {
	count(storage_elsewhere.findings) == 0 with input as _host("pve1,pve2")
}

test_silent_on_a_storage_whose_disks_need_no_copy if {
	host := object.union(_host("pve1"), {"storage": {"storages": [{"type": "dir", "id": "tank", "properties": [{"key": "nodes", "value": "pve1"}, {"key": "shared", "value": "1"}]}]}})
	count(storage_elsewhere.findings) == 0 with input as host
}
