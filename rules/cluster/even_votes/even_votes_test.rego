package rules.cluster.even_votes_test

import data.rules.cluster.even_votes

_host(count) := {"cluster": {"nodes": [{"name": "pve", "votes": 1} | some _ in numbers.range(1, count)], "corosync": []}}

test_fires_on_four if {
	{f.vars.votes | some f in even_votes.findings} == {4} with input as _host(4)
}

test_silent_on_five if {
	count(even_votes.findings) == 0 with input as _host(5)
}

test_silent_on_two_which_have_a_finding_of_their_own if {
	count(even_votes.findings) == 0 with input as _host(2)
}

test_a_leftover_folder_is_no_node if {
	host := object.union(_host(4), {"cluster": {"nodes": array.concat([{"name": "old", "votes": 0}], _host(4).cluster.nodes)}})
	{f.at | some f in even_votes.findings} == {["/cluster/nodes/1", "/cluster/nodes/2", "/cluster/nodes/3", "/cluster/nodes/4"]} with input as host
}
