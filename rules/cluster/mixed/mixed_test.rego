package rules.cluster.mixed_test

import data.rules.cluster.mixed

_host(others) := {"cluster": {"nodes": array.concat([{"name": "pve1", "local": true}], others)}}

test_fires_in_a_cluster if {
	{[f.at, f.vars.nodes] | some f in mixed.findings} == {[["/cluster/nodes/1", "/cluster/nodes/2"], "pve2, pve3"]} with input as _host([{"name": "pve3", "local": false}, {"name": "pve2", "local": false}])
}

test_a_folder_of_a_node_that_is_gone_is_no_node if {
	{f.vars.nodes | some f in mixed.findings} == {"pve2"} with input as _host([{"name": "pve2", "id": 2, "local": false}, {"name": "old", "id": 0, "local": false}])
}

test_silent_on_a_host_of_its_own if {
	count(mixed.findings) == 0 with input as _host([])
}
