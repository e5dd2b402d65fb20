package rules.ha.shutdown_policy_test

import data.rules.ha.shutdown_policy

_host(policy, state) := {
	"datacenter": {"options": [{"key": "ha", "value": "x", "fields": [{"name": "shutdown_policy", "value": policy}]}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}],
	"cluster": {"nodes": [{"name": "pve1", "id": 1}, {"name": "pve2", "id": 2}], "ha_resources": [{"type": "vm", "id": "100", "properties": [{"key": "state", "value": state}]}]},
}

test_fires_where_guests_of_this_node_are_in_ha if {
	{[f.at, f.vars.policy] | some f in shutdown_policy.findings} == {[["/datacenter/options/0"], "freeze"]} with input as _host("freeze", "started")
}

test_silent_on_the_default if {
	count(shutdown_policy.findings) == 0 with input as _host("conditional", "started")
}

test_silent_where_ha_ignores_the_guests if {
	count(shutdown_policy.findings) == 0 with input as _host("freeze", "ignored")
}
