package rules.cluster.offline_nodes_test

import data.rules.cluster.offline_nodes

_host(online) := {"cluster": {"nodes": [{"name": "old", "id": 0, "local": false}, {"name": "pve1", "id": 1, "online": true}, {"name": "pve2", "id": 2, "online": online}]}}

test_fires_on_a_member_that_does_not_answer if {
	offline_nodes.findings == {{"at": ["/cluster/nodes/2"], "vars": {"nodes": "pve2"}}} with input as _host(false)
}

test_silent_where_all_answer_and_a_leftover_folder_cannot if {
	count(offline_nodes.findings) == 0 with input as _host(true)
}
