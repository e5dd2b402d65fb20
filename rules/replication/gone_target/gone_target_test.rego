package rules.replication.gone_target_test

import data.rules.replication.gone_target

_host(target) := {"cluster": {
	"corosync": [{"key": "totem.version", "value": "2"}],
	"nodes": [{"name": "old", "id": 0, "local": false}, {"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}],
	"replication": [{"type": "local", "id": "100-0", "properties": [{"key": "target", "value": target}]}],
}}

test_fires_on_a_node_that_only_has_a_folder if {
	gone_target.findings == {{"at": ["/cluster/replication/0"], "vars": {"jobs": "100-0", "targets": "old"}}} with input as _host("old")
}

test_silent_on_a_member if {
	count(gone_target.findings) == 0 with input as _host("pve2")
}
