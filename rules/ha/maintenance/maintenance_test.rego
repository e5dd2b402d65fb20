package rules.ha.maintenance_test

import data.rules.ha.maintenance

_host(mode, state) := {"cluster": {"nodes": [
	{"name": "pve1", "local": true, "ha_mode": mode, "ha_state": "online"},
	{"name": "pve2", "local": false, "ha_state": state},
]}}

test_fires_on_this_node if {
	{f.at | some f in maintenance.findings} == {["/cluster/nodes/0"]} with input as _host("maintenance", "online")
}

test_fires_on_another_node if {
	{f.vars.nodes | some f in maintenance.findings} == {"pve2"} with input as _host("active", "maintenance")
}

test_silent_on_a_node_that_restarts if {
	count(maintenance.findings) == 0 with input as _host("restart", "online")
}
