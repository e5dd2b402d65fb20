package rules.guests.disks_on_root_test

import data.rules.guests.disks_on_root

_host(volume, media, mounts) := {
	"capture": {"areas": [{"name": "storage.mounts", "status": "known"}]},
	"host": {"name": "pve1"},
	"storage": {
		"storages": [{"type": "dir", "id": "local", "properties": [{"key": "path", "value": "/var/lib/vz"}]}],
		"mounts": [{"target": target} | some target in mounts],
		"fstab": [],
	},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "value": "x", "fields": array.concat([{"name": "file", "value": volume}], media)}]}],
}

test_fires_on_a_disk_below_the_root if {
	disks_on_root.findings == {{
		"at": ["/guests/0/config/0"],
		"vars": {"storage": "local", "path": "/var/lib/vz", "vmids": "100"},
	}} with input as _host("local:100/vm-100-disk-0.qcow2", [], ["/", "/var/lib/v"])
}

test_silent_where_the_directory_is_a_file_system_of_its_own if {
	count(disks_on_root.findings) == 0 with input as _host("local:100/vm-100-disk-0.qcow2", [], ["/", "/var/lib/vz"])
}

test_silent_on_media if {
	count(disks_on_root.findings) == 0 with input as _host("local:iso/debian.iso", [{"name": "media", "value": "cdrom"}], ["/"])
}

test_silent_where_the_mounts_are_not_known if {
	host := json.patch(_host("local:100/vm-100-disk-0.qcow2", [], ["/"]), [{"op": "replace", "path": "/capture/areas", "value": []}])
	count(disks_on_root.findings) == 0 with input as host
}
