package rules.cluster.unlisted_node_test

import data.rules.cluster.unlisted_node

_host(name) := {
	"host": {"name": name},
	"cluster": {"name": "prod", "corosync": [{"key": "totem.version", "value": "2"}, {"key": "nodelist.node.0.name", "value": "pve1"}]},
}

test_fires_on_a_renamed_host if {
	unlisted_node.findings == {{"at": ["/cluster/corosync/1"], "vars": {"cluster": "prod", "host": "pve9"}}} with input as _host("pve9")
}

test_silent_on_a_member if {
	count(unlisted_node.findings) == 0 with input as _host("pve1")
}

test_silent_without_corosync if {
	host := json.patch(_host("pve9"), [{"op": "replace", "path": "/cluster/corosync", "value": []}])
	count(unlisted_node.findings) == 0 with input as host
}
