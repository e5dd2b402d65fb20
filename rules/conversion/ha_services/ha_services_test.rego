package rules.conversion.ha_services_test

import data.rules.conversion.ha_services

_nodes := [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}]

_said(nodes, vmid, state) := x if {
	x := {[i.at, i.vars.sids] | some i in ha_services.inhibits} with input as {
		"cluster": {"nodes": nodes, "ha_resources": [{"type": "vm", "id": vmid, "properties": [{"key": "state", "value": state}]}]},
		"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}, {"vmid": 101, "type": "qemu", "local": false, "config": []}],
	}
}

test_fires_on_a_guest_of_this_node if {
	_said(_nodes, "100", "started") == {[["/cluster/ha_resources/0"], "vm:100"]}
}

test_silent_on_a_guest_of_another_node if {
	_said(_nodes, "101", "started") == set()
}

test_silent_on_one_that_ha_leaves_alone if {
	_said(_nodes, "100", "ignored") == set()
}

test_silent_where_no_other_node_could_start_it if {
	_said([_nodes[0]], "100", "started") == set()
}
