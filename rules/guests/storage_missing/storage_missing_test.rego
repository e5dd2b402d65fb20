package rules.guests.storage_missing_test

import data.rules.guests.storage_missing

_host(volume, properties) := {
	"capture": {"areas": [{"name": "storage.storages", "status": "known"}]},
	"host": {"name": "pve1"},
	"storage": {"storages": [{"type": "zfspool", "id": "tank", "properties": properties}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": volume}]}]}],
}

test_fires_on_a_storage_that_is_gone if {
	storage_missing.findings == {{"at": ["/guests/0/config/0"], "vars": {"storage": "oldnas", "vmids": "100"}}} with input as _host("oldnas:vm-100-disk-0", [])
}

test_fires_on_a_storage_of_other_nodes if {
	{f.vars.storage | some f in storage_missing.findings} == {"tank"} with input as _host("tank:vm-100-disk-0", [{"key": "nodes", "value": "pve2,pve3"}])
}

test_silent_on_a_storage_of_this_node if {
	count(storage_missing.findings) == 0 with input as _host("tank:vm-100-disk-0", [{"key": "nodes", "value": "pve2,pve1"}])
}

test_silent_on_a_disk_by_path if {
	count(storage_missing.findings) == 0 with input as _host("/dev/disk/by-id/ata-X", [])
}
