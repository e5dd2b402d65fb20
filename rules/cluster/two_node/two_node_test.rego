package rules.cluster.two_node_test

import data.rules.cluster.two_node

_host(lines, nodes) := {"cluster": {
	"corosync": array.concat([{"key": "quorum.two_node", "value": "1"}], lines),
	"nodes": [{"name": name, "id": 1, "local": false} | some name in nodes],
}}

test_fires_on_two_nodes if {
	[f | some f in two_node.findings][0].at == ["/cluster/corosync/0"] with input as _host([], ["pve1", "pve2"])
	contains([f | some f in two_node.findings][0].vars.waits, "waits for the other") with input as _host([], ["pve1", "pve2"])
}

test_waiting_can_be_switched_off if {
	{f.vars.waits | some f in two_node.findings} == {""} with input as _host([{"key": "quorum.wait_for_all", "value": "0"}], ["pve1", "pve2"])
}

test_silent_on_three_nodes_where_it_has_no_meaning if {
	count(two_node.findings) == 0 with input as _host([], ["pve1", "pve2", "pve3"])
}
