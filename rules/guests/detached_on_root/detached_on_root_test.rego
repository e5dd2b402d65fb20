package rules.guests.detached_on_root_test

import data.rules.guests.detached_on_root

_host(volume) := {
	"capture": {"areas": [{"name": "storage.mounts", "status": "known"}]},
	"host": {"name": "pve1"},
	"storage": {
		"storages": [
			{"type": "dir", "id": "local", "properties": [{"key": "path", "value": "/var/lib/vz"}]},
			{"type": "zfspool", "id": "tank", "properties": []},
		],
		"mounts": [{"target": "/", "source": "x"}], "fstab": [],
	},
	"guests": [{"vmid": 127, "type": "qemu", "local": true, "config": [{"key": "unused0", "value": volume, "fields": [{"name": "file", "value": volume}]}]}],
}

test_fires_on_the_root if {
	detached_on_root.findings == {{"at": ["/guests/0/config/0"], "vars": {"volumes": "127 unused0"}}} with input as _host("local:127/vm-127-disk-1.qcow2")
}

test_silent_on_a_pool if {
	count(detached_on_root.findings) == 0 with input as _host("tank:vm-127-disk-1")
}
