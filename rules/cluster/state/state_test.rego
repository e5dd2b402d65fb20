package rules.cluster.state_test

import data.rules.cluster.state

_guests := [
	{"vmid": 100, "type": "qemu", "local": true, "config": []},
	{"vmid": 101, "type": "qemu", "local": false, "config": []},
	{"vmid": 200, "type": "lxc", "local": true, "config": []},
]

_host(status, corosync) := {
	"packages": [{"name": "pve-cluster", "status": status, "version": "8.1.2"}],
	"guests": _guests,
	"cluster": {
		"nodes": [{"name": "pve2", "id": 2, "local": false}, {"name": "pve1", "id": 1, "local": true}],
		"corosync": corosync,
		"replication": [],
		"ha_resources": [
			{"type": "vm", "id": "100", "properties": [{"key": "state", "value": "started"}]},
			{"type": "vm", "id": "101", "properties": [{"key": "state", "value": "started"}]},
		],
	},
}

test_the_database_keeps_virtual_machines_and_the_resources_of_other_nodes if {
	carries := state.carries with input as _host("installed", [])
	carries == {{
		"at": ["/cluster/ha_resources/1", "/cluster/ha_resources/1/properties/0", "/guests/0"],
		"path": "/var/lib/pve-cluster/config.db", "to": "/var/lib/pve-cluster/config.db", "mode": "0600", "secret": true,
	}}
}

test_the_state_of_replication_goes_along_for_guests_of_this_node if {
	host := json.patch(_host("installed", []), [{"op": "replace", "path": "/cluster/replication", "value": [
		{"type": "local", "id": "101-0", "properties": []},
		{"type": "local", "id": "100-0", "properties": []},
	]}])
	[c.at | some c in state.carries; endswith(c.path, "-state.json")] == [["/cluster/replication/1"]] with input as host
}

test_huge_pages_that_are_reserved_need_no_decision if {
	host := object.union(_host("installed", []), {
		"guests": [{"vmid": 111, "type": "qemu", "local": true, "config": [{"key": "hugepages", "value": "1024", "fields": []}]}],
		"system": {"boot": {"kernel_parameters": [{"key": "hugepagesz", "value": "1G"}, {"key": "hugepages", "value": "64"}]}},
	})
	some c in state.carries with input as host
	"/guests/0/config/0" in c.at
}

test_silent_where_the_package_is_gone if {
	count(state.carries) == 0 with input as _host("config-files", [])
}
