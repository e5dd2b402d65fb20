package rules.cluster.gone_nodes_test

import data.rules.cluster.gone_nodes

_host(status) := {
	"capture": {"areas": [{"name": "cluster", "status": status}]},
	"cluster": {
		"nodes": [
			{"name": "oldpve", "id": 0, "local": false},
			{"name": "pve1", "id": 1, "local": true},
			{"name": "pve2", "id": 2, "local": false},
		],
		"ha_resources": [],
	},
	"guests": [
		{"vmid": 100, "node": "pve1", "local": true, "type": "qemu", "config": []},
		{"vmid": 101, "node": "pve2", "local": false, "type": "qemu", "config": []},
		{"vmid": 102, "node": "oldpve", "local": false, "type": "qemu", "config": []},
	],
}

test_fires_on_guests_of_a_node_that_is_gone if {
	gone_nodes.findings == {{"at": ["/guests/2"], "vars": {"node": "oldpve", "vmids": "102"}}} with input as _host("known")
}

test_silent_where_the_members_are_not_known if {
	count(gone_nodes.findings) == 0 with input as _host("partial")
}
