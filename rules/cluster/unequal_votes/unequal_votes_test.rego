package rules.cluster.unequal_votes_test

import data.rules.cluster.unequal_votes

_host(votes) := {"cluster": {"corosync": [], "nodes": [
	{"name": "pve1", "id": 1, "local": true, "votes": votes},
	{"name": "pve2", "id": 2, "local": false, "votes": 1},
	{"name": "pve3", "id": 3, "local": false, "votes": 1},
	{"name": "old", "id": 0, "local": false, "votes": 0},
]}}

test_fires_on_a_node_with_more_votes if {
	unequal_votes.findings == {{
		"at": ["/cluster/nodes/0", "/cluster/nodes/1", "/cluster/nodes/2"],
		"vars": {"own": 3, "total": 5, "needed": 3, "left": 2},
	}} with input as _host(3)
}

test_silent_where_only_a_leftover_folder_has_none if {
	count(unequal_votes.findings) == 0 with input as _host(1)
}

test_silent_where_all_have_two if {
	count(unequal_votes.findings) == 0 with input as {"cluster": {"corosync": [], "nodes": [{"name": sprintf("pve%d", [i]), "id": i, "local": i == 1, "votes": 2} | some i in [1, 2, 3]]}}
}
