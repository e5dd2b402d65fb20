package rules.ha.without_cluster_test

import data.rules.ha.without_cluster

_host(nodes) := {
	"capture": {"areas": [{"name": "cluster", "status": "known"}]},
	"guests": [{"vmid": 100, "type": "qemu", "local": true, "config": []}],
	"cluster": {"nodes": nodes, "ha_resources": [{"type": "vm", "id": "100", "properties": []}]},
}

test_fires_on_a_host_of_its_own_beside_a_leftover_folder if {
	without_cluster.findings == {{"at": ["/cluster/ha_resources/0"], "vars": {"sids": "vm:100"}}} with input as _host([{"name": "old", "id": 0}, {"name": "pve", "id": 0}])
}

test_silent_in_a_cluster if {
	count(without_cluster.findings) == 0 with input as _host([{"name": "pve1", "id": 1}, {"name": "pve2", "id": 2}])
}
