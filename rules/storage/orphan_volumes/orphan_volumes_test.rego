package rules.storage.orphan_volumes_test

import data.rules.storage.orphan_volumes

_guest(vmid, local, config) := {
	"vmid": vmid,
	"local": local,
	"type": "qemu",
	"config": config,
	"pending": [],
	"special": [],
	"snapshots": [{"name": "before", "config": [{"key": "vmstate", "value": "local-zfs:vm-100-state-before", "fields": []}]}],
}

_host(status, names) := {
	"capture": {"areas": [{"name": "guests", "status": status}]},
	"host": {"name": "a"},
	"guests": [
		_guest(100, true, [{"key": "scsi0", "value": "local-zfs:vm-100-disk-0,size=8G", "fields": []}]),
		_guest(300, false, []),
	],
	"storage": {
		"storages": [
			{"type": "zfspool", "id": "local-zfs", "properties": [{"key": "pool", "value": "rpool/data", "fields": []}]},
			{"type": "lvm", "id": "san", "properties": [{"key": "vgname", "value": "san", "fields": []}, {"key": "shared", "value": "1", "fields": []}]},
			{"type": "lvmthin", "id": "fast", "properties": [{"key": "vgname", "value": "fast", "fields": []}]},
		],
		"zfs_pools": [{"name": "rpool", "datasets": [{"name": concat("/", ["rpool/data", n])} | some n in names]}],
		"volume_groups": [
			{"name": "san", "logical_volumes": [{"name": "vm-999-disk-0"}]},
			{"name": "fast", "logical_volumes": [{"name": n} | some n in names]},
		],
	},
}

test_fires_on_a_disk_of_nobody if {
	orphan_volumes.findings == {{"at": ["/storage/volume_groups/1/logical_volumes/1", "/storage/zfs_pools/0/datasets/1"], "vars": {"volumes": "fast/vm-100-disk-7, rpool/data/vm-100-disk-7"}}} with input as _host("known", ["vm-100-disk-0", "vm-100-disk-7"])
}

test_silent_on_states_replicas_and_other_data if {
	count(orphan_volumes.findings) == 0 with input as _host("known", ["vm-100-disk-0", "vm-100-state-before", "subvol-300-disk-0", "iso", "vm-notes"])
}

test_silent_when_not_all_guests_are_known if {
	count(orphan_volumes.findings) == 0 with input as _host("partial", ["vm-100-disk-7"])
}
