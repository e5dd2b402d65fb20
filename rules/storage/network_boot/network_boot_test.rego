package rules.storage.network_boot_test

import data.rules.storage.network_boot

_host(type, disk) := {
	"host": {"name": "a"},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "fields": [{"name": "file", "value": disk}]}]}],
	"storage": {"storages": [{"type": type, "id": "nas", "properties": [{"key": "content", "value": "images,iso", "fields": []}]}]},
}

test_fires_on_disks_on_nfs if {
	network_boot.findings == {{"at": ["/storage/storages/0"], "vars": {"ids": "nas"}}} with input as _host("nfs", "nas:100/vm-100-disk-0.qcow2")
}

test_silent_on_a_storage_that_no_guest_uses if {
	count(network_boot.findings) == 0 with input as _host("nfs", "local-zfs:vm-100-disk-0")
}

test_silent_on_a_local_directory if {
	count(network_boot.findings) == 0 with input as _host("dir", "nas:100/vm-100-disk-0.qcow2")
}
