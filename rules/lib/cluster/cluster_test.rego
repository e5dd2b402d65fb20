package lib.cluster_test

import data.lib.cluster

_nodes := [
	{"name": "gone", "id": 0, "votes": 0, "local": false},
	{"name": "pve1", "id": 1, "votes": 1, "local": true},
	{"name": "pve2", "id": 2, "votes": 2, "local": false},
]

_host(corosync) := {"cluster": {"nodes": _nodes, "corosync": corosync}}

test_a_leftover_folder_is_no_member if {
	object.keys(cluster.members) == {"pve1", "pve2"} with input as _host([])
	cluster.votes == 3 with input as _host([])
}

test_a_host_of_its_own_is_its_only_member if {
	object.keys(cluster.members) == {"pve"} with input as {"cluster": {"nodes": [{"name": "old", "id": 0, "local": false}, {"name": "pve", "id": 0, "local": true}]}}
}

test_a_device_has_one_vote_unless_it_says_otherwise if {
	cluster.device_votes == 0 with input as _host([])
	cluster.device_votes == 1 with input as _host([{"key": "quorum.device.model", "value": "net"}])
	cluster.device_votes == 3 with input as _host([{"key": "quorum.device.model", "value": "net"}, {"key": "quorum.device.votes", "value": "3"}])
}
