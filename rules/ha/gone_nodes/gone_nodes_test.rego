package rules.ha.gone_nodes_test

import data.rules.ha.gone_nodes

_host(nodes) := {"capture": {"areas": [{"name": "cluster", "status": "known"}]}, "cluster": {
	"nodes": [{"name": "old", "id": 0, "local": false}, {"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}],
	"ha_groups": [{"type": "group", "id": "home", "properties": [{"key": "comment", "value": "old"}, {"key": "nodes", "value": nodes}]}],
	"ha_rules": [],
}}

test_fires_on_a_node_that_has_left if {
	gone_nodes.findings == {{"at": ["/cluster/ha_groups/0"], "vars": {"nodes": "old", "groups": "home"}}} with input as _host("pve1:2, old:1")
}

test_silent_where_all_are_members if {
	count(gone_nodes.findings) == 0 with input as _host("pve1:2,pve2")
}

test_the_first_of_two_lines_counts if {
	host := object.union(_host(""), {"cluster": {"ha_groups": [{"type": "group", "id": "home", "properties": [{"key": "nodes", "value": "old"}, {"key": "nodes", "value": "older"}]}]}})
	{f.vars.nodes | some f in gone_nodes.findings} == {"old"} with input as host
}
