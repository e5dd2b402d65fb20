package rules.cluster.leaves_test

import data.rules.cluster.leaves

_nodes := [
	{"name": "pve1", "id": 1, "local": true, "votes": 1},
	{"name": "pve2", "id": 2, "local": false, "votes": 1},
	{"name": "old", "id": 0, "local": false, "votes": 0},
]

test_fires_on_a_member_of_a_cluster if {
	leaves.findings == {{
		"at": ["/cluster/nodes/0", "/cluster/nodes/1"],
		"vars": {"host": "pve1", "others": "pve2", "total": 2, "left": 1, "needed": 2},
	}} with input as {"cluster": {"corosync": [], "nodes": _nodes}}
}

test_silent_on_a_host_of_its_own_with_a_leftover_folder if {
	count(leaves.findings) == 0 with input as {"cluster": {"corosync": [], "nodes": [{"name": "pve1", "id": 0, "local": true, "votes": 0}, {"name": "old", "id": 0, "local": false, "votes": 0}]}}
}
