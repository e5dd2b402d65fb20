package rules.incus.storages_without_pool_test

import data.rules.incus.storages_without_pool

_host := {
	"host": {"name": "pve"},
	"storage": {"storages": [
		{"id": "tank", "type": "zfspool", "properties": [{"key": "pool", "value": "tank/guests"}]},
		{"id": "local-lvm", "type": "lvmthin", "properties": [{"key": "vgname", "value": "pve"}]},
		{"id": "idle", "type": "lvm", "properties": [{"key": "vgname", "value": "idle"}]},
	]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "local-lvm:vm-100-disk-0"}]},
		{"key": "scsi1", "value": "x", "fields": [{"name": "file", "value": "tank:vm-100-disk-1"}]},
	]}],
}

test_a_storage_that_guests_use if {
	storages_without_pool.findings == {{"at": ["/storage/storages/1"], "vars": {"storages": "local-lvm"}}} with input as _host
}

test_silent_for_storages_that_no_guest_uses if {
	count(storages_without_pool.findings) == 0 with input as object.union(_host, {"guests": []})
}
