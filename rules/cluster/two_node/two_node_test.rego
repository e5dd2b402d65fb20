package rules.cluster.two_node_test

import data.rules.cluster.two_node

_host(value, nodes) := {"cluster": {
	"corosync": [{"key": "quorum.two_node", "value": value}],
	"nodes": [{"name": name, "id": 1, "local": false} | some name in nodes],
}}

test_fires_on_two_nodes if {
	two_node.findings == {{"at": ["/cluster/corosync/0"], "vars": {}}} with input as _host("1", ["pve1", "pve2"])
}

test_silent_where_it_is_off if {
	count(two_node.findings) == 0 with input as _host("0", ["pve1", "pve2"])
}

test_silent_on_three_nodes_where_it_has_no_meaning if {
	count(two_node.findings) == 0 with input as _host("1", ["pve1", "pve2", "pve3"])
}
