package rules.ha.local_disks_test

import data.rules.ha.local_disks

_host(storage, replication) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [
		{"key": "scsi0", "fields": [{"name": "file", "value": concat("", [storage, ":vm-100-disk-0"])}]},
		{"key": "ide2", "fields": [{"name": "file", "value": "local:iso/x.iso"}, {"name": "media", "value": "cdrom"}]},
	]}],
	"cluster": {
		"nodes": [{"name": "pve1", "id": 1}, {"name": "pve2", "id": 2}],
		"ha_resources": [{"type": "vm", "id": "100", "properties": []}],
		"replication": replication,
	},
	"storage": {"storages": [
		{"type": "dir", "id": "local", "properties": []},
		{"type": "lvmthin", "id": "local-lvm", "properties": []},
		{"type": "nfs", "id": "nas", "properties": []},
		{"type": "lvm", "id": "san", "properties": [{"key": "shared", "value": "1"}]},
	]},
}

test_fires_on_a_disk_that_only_this_node_has if {
	local_disks.findings == {{"at": ["/cluster/ha_resources/0", "/guests/0/config/0"], "vars": {"sids": "vm:100", "storages": "local-lvm"}}} with input as _host("local-lvm", [])
}

test_silent_on_shared_storage_beside_a_local_medium if {
	count(local_disks.findings) == 0 with input as _host("nas", [])
	count(local_disks.findings) == 0 with input as _host("san", [])
}

test_silent_on_a_replicated_guest_which_has_a_finding_of_its_own if {
	count(local_disks.findings) == 0 with input as _host("local-lvm", [{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}]}])
}
