package rules.conversion.quorum_test

import data.rules.conversion.quorum

_node(name, votes, local, extra) := object.union({"name": name, "id": 1, "votes": votes, "local": local}, extra)

_up := {"online": true}

_down := {"online": false}

_vars(nodes, device) := x if x := {i.vars | some i in quorum.inhibits} with input as {"host": {"name": "pve1"}, "cluster": {"nodes": nodes, "corosync": device}}

_device := [{"key": "quorum.device.model", "value": "net"}, {"key": "quorum.device.votes", "value": "1"}]

test_fires_where_another_node_is_down_already if {
	_vars([_node("pve1", 1, true, _up), _node("pve2", 1, false, _up), _node("pve3", 1, false, _down)], []) == {{"left": 1, "total": 3, "needed": 2}}
}

test_fires_where_this_node_has_most_votes if {
	_vars([_node("pve1", 2, true, _up), _node("pve2", 1, false, _up)], _device) == {{"left": 2, "total": 4, "needed": 3}}
}

test_fires_on_a_node_that_did_not_answer_where_others_did if {
	_vars([_node("pve1", 1, true, _up), _node("pve2", 1, false, _up), _node("pve3", 1, false, {})], []) == {{"left": 1, "total": 3, "needed": 2}}
}

test_silent_with_three_nodes if {
	_vars([_node("pve1", 1, true, _up), _node("pve2", 1, false, _up), _node("pve3", 1, false, _up)], []) == set()
}

test_silent_with_two_nodes_and_a_device if {
	_vars([_node("pve1", 1, true, _up), _node("pve2", 1, false, _up)], _device) == set()
}

test_silent_where_only_files_were_read if {
	_vars([_node("pve1", 1, true, {}), _node("pve2", 1, false, {}), _node("pve3", 1, false, {})], []) == set()
}

test_silent_on_two_nodes_alone_and_on_a_host_of_its_own if {
	_vars([_node("pve1", 1, true, _up), _node("pve2", 1, false, _up)], []) == set()
	_vars([_node("pve1", 1, true, _up)], []) == set()
}
