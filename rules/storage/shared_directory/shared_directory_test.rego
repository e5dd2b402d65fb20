package rules.storage.shared_directory_test

import data.rules.storage.shared_directory

_host(shared, nodes, type) := {
	"host": {"name": "a"},
	"capture": {"areas": [{"name": "storage.mounts", "status": "known"}]},
	"cluster": {"nodes": nodes},
	"storage": {
		"storages": [{"type": "dir", "id": "vm", "properties": [{"key": "path", "value": "/mnt/vm/pve"}, {"key": "shared", "value": shared}]}],
		"mounts": [{"target": "/", "type": "ext4"}, {"target": "/mnt/vm", "type": type}],
	},
}

_nodes := [{"name": "a"}, {"name": "b"}]

test_fires_on_a_local_disk if {
	shared_directory.findings == {{"at": ["/storage/storages/0"], "vars": {"id": "vm", "path": "/mnt/vm/pve", "type": "xfs"}}} with input as _host("1", _nodes, "xfs")
}

test_fires_on_the_root if {
	shared_directory.findings == {{"at": ["/storage/storages/0"], "vars": {"id": "vm", "path": "/mnt/vm/pve", "type": "ext4"}}} with input as json.patch(_host("1", _nodes, "nfs4"), [{"op": "remove", "path": "/storage/mounts/1"}])
}

test_silent_on_a_network_file_system if {
	count(shared_directory.findings) == 0 with input as _host("1", _nodes, "nfs4")
}

test_silent_without_the_property if {
	count(shared_directory.findings) == 0 with input as _host("0", _nodes, "xfs")
}

test_silent_on_a_single_host if {
	count(shared_directory.findings) == 0 with input as _host("1", [{"name": "a"}], "xfs")
	count(shared_directory.findings) == 0 with input as _host("1", [{"name": "a", "id": 0}, {"name": "old", "id": 0}], "xfs")
}
