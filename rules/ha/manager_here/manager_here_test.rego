package rules.ha.manager_here_test

import data.rules.ha.manager_here

_host(manager) := {"host": {"name": "pve1"}, "cluster": {
	"nodes": [{"name": "pve1", "id": 1}, {"name": "pve2", "id": 2}],
	"ha_manager": manager,
	"ha_resources": [{"type": "vm", "id": "100", "properties": []}],
}}

test_fires_where_this_node_decides if {
	manager_here.findings == {{"at": ["/cluster/ha_manager"], "vars": {}}} with input as _host("pve1")
}

test_silent_where_another_does if {
	count(manager_here.findings) == 0 with input as _host("pve2")
}

test_silent_where_there_is_nothing_to_decide if {
	count(manager_here.findings) == 0 with input as json.patch(_host("pve1"), [{"op": "replace", "path": "/cluster/ha_resources", "value": []}])
}
