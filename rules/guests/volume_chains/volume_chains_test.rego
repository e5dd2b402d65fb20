package rules.guests.volume_chains_test

import data.rules.guests.volume_chains

_host(value, snapshots) := {
	"host": {"name": "pve1"},
	"storage": {"storages": [{"type": "lvm", "id": "san", "properties": [{"key": "snapshot-as-volume-chain", "value": value}]}]},
	"guests": [{"vmid": 129, "type": "qemu", "local": true, "snapshots": snapshots, "config": [{"key": "scsi0", "value": "x", "fields": [{"name": "file", "value": "san:vm-129-disk-0.qcow2"}]}]}],
}

test_fires_on_a_snapshot if {
	volume_chains.findings == {{"at": ["/guests/0/config/0"], "vars": {"vmids": "129", "storages": "san"}}} with input as _host("1", [{"name": "before", "config": []}])
}

test_silent_without_snapshots if {
	count(volume_chains.findings) == 0 with input as _host("1", [])
}

test_silent_on_plain_volumes if {
	count(volume_chains.findings) == 0 with input as _host("0", [{"name": "before", "config": []}])
}
