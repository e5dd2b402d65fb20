package rules.cluster.alone_test

import data.rules.cluster.alone

_host(corosync, others) := {
	"capture": {"areas": [{"name": "cluster", "status": "known"}]},
	"cluster": {"name": "home", "corosync": corosync, "nodes": array.concat([{"name": "old", "id": 0, "local": false}, {"name": "pve", "id": count(corosync), "local": true}], others)},
}

test_fires_on_a_cluster_of_one if {
	alone.findings == {{"at": ["/cluster/nodes/1"], "vars": {"cluster": "home"}}} with input as _host([{"key": "totem.version", "value": "2"}], [])
}

test_silent_on_two if {
	count(alone.findings) == 0 with input as _host([{"key": "totem.version", "value": "2"}], [{"name": "pve2", "id": 2, "local": false}])
}

test_silent_on_a_host_that_never_had_a_cluster if {
	count(alone.findings) == 0 with input as _host([], [])
}
