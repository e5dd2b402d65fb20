package rules.ha.started_twice_test

import data.rules.ha.started_twice

_host(storage, replication, properties) := {
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": [{"key": "scsi0", "fields": [{"name": "file", "value": concat("", [storage, ":vm-100-disk-0"])}]}]}],
	"cluster": {
		"corosync": [],
		"nodes": [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}],
		"ha_resources": [{"type": "vm", "id": "100", "properties": properties}],
		"replication": replication,
	},
	"storage": {"storages": [{"type": "lvmthin", "id": "local-lvm", "properties": []}, {"type": "rbd", "id": "ceph", "properties": []}]},
}

test_fires_on_a_guest_with_shared_disks if {
	started_twice.findings == {{"at": ["/cluster/ha_resources/0"], "vars": {"sids": "vm:100"}}} with input as _host("ceph", [], [])
}

test_silent_where_another_finding_speaks_of_it if {
	count(started_twice.findings) == 0 with input as _host("local-lvm", [], [])
	count(started_twice.findings) == 0 with input as _host("ceph", [{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": "pve2"}]}], [])
}

test_silent_on_a_resource_that_ha_keeps_stopped if {
	count(started_twice.findings) == 0 with input as _host("ceph", [], [{"key": "state", "value": "stopped"}])
}
