package rules.ha.only_here_test

import data.rules.ha.only_here

_nodes := [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}, {"name": "pve3", "id": 0, "local": false}]

_guests := [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 101, "type": "qemu", "local": true, "config": []}]

_host(nodes, restricted) := {"host": {"name": "pve1"}, "guests": _guests, "cluster": {
	"nodes": _nodes,
	"ha_resources": [{"type": "vm", "id": "100", "properties": [{"key": "group", "value": "here"}]}, {"type": "vm", "id": "101", "properties": []}],
	"ha_groups": [{"type": "group", "id": "here", "properties": [{"key": "nodes", "value": nodes}, {"key": "restricted", "value": restricted}]}],
	"ha_rules": [],
}}

_rule(disable) := {"host": {"name": "pve1"}, "guests": _guests, "cluster": {
	"nodes": _nodes,
	"ha_resources": [{"type": "vm", "id": "101", "properties": []}],
	"ha_groups": [],
	"ha_rules": [{"type": "node-affinity", "id": "gpu", "properties": array.concat(
		[
			{"key": "nodes", "value": "pve1:2"},
			{"key": "resources", "value": "vm:101,vm:300"},
			{"key": "strict", "value": "1"},
		],
		disable,
	)}],
}}

test_fires_where_the_other_node_of_a_group_is_gone if {
	only_here.findings == {{"at": ["/cluster/ha_groups/0", "/cluster/ha_resources/0"], "vars": {"sids": "vm:100", "groups": "here"}}} with input as _host("pve1:2,pve3:1", "1")
}

test_fires_on_a_strict_rule if {
	only_here.findings == {{"at": ["/cluster/ha_resources/0", "/cluster/ha_rules/0"], "vars": {"sids": "vm:101", "groups": "gpu"}}} with input as _rule([])
}

test_silent_where_another_node_is_allowed if {
	count(only_here.findings) == 0 with input as _host("pve1:2,pve2:1", "1")
}

test_silent_where_it_is_a_preference if {
	count(only_here.findings) == 0 with input as _host("pve1:2", "0")
}

test_silent_on_a_rule_that_is_off if {
	count(only_here.findings) == 0 with input as _rule([{"key": "disable", "value": "1"}])
}
