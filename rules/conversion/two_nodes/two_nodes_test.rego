package rules.conversion.two_nodes_test

import data.rules.conversion.two_nodes

_said(nodes, corosync) := x if {
	x := {[i.at, i.vars.others] | some i in two_nodes.inhibits} with input.cluster as {"nodes": nodes, "corosync": corosync}
}

_nodes := [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}]

test_fires_on_two_nodes if {
	_said(_nodes, []) == {[["/cluster/nodes/0", "/cluster/nodes/1"], "pve2"]}
}

test_silent_with_a_quorum_device if {
	_said(_nodes, [{"key": "quorum.device.model", "value": "net"}]) == set()
}

test_silent_on_three_nodes_and_where_the_second_is_a_leftover_folder if {
	_said(array.concat(_nodes, [{"name": "pve3", "id": 3, "local": false}]), []) == set()
	_said([_nodes[0], {"name": "old", "id": 0, "local": false}], []) == set()
}
