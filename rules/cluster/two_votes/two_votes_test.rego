package rules.cluster.two_votes_test

import data.rules.cluster.two_votes

_host(nodes, corosync) := {"cluster": {"nodes": [{"name": sprintf("pve%d", [i]), "votes": 1} | some i in nodes], "corosync": corosync}}

test_fires_on_two_nodes if {
	two_votes.findings == {{"at": ["/cluster/nodes/0", "/cluster/nodes/1"], "vars": {"votes": 2}}} with input as _host([1, 2], [])
}

test_silent_with_a_quorum_device if {
	count(two_votes.findings) == 0 with input as _host([1, 2], [{"key": "quorum.device.model", "value": "net"}])
}

test_silent_where_each_of_two_goes_on_alone if {
	count(two_votes.findings) == 0 with input as _host([1, 2], [{"key": "quorum.two_node", "value": "1"}])
}

test_silent_on_three_nodes if {
	count(two_votes.findings) == 0 with input as _host([1, 2, 3], [])
}

test_silent_on_a_host_of_its_own if {
	count(two_votes.findings) == 0 with input as _host([1], [])
}

test_a_leftover_folder_is_no_node if {
	host := {"cluster": {"nodes": [{"name": "old", "id": 0, "votes": 0}, {"name": "pve1", "id": 1, "votes": 1}, {"name": "pve2", "id": 2, "votes": 1}], "corosync": []}}
	{f.at | some f in two_votes.findings} == {["/cluster/nodes/1", "/cluster/nodes/2"]} with input as host
}
