package rules.access.nodes_keep_keys_test

import data.rules.access.nodes_keep_keys

_host(nodes, source) := {
	"cluster": {"corosync": [], "nodes": nodes},
	"system": {"authorized_keys": [{"user": "root", "type": "ssh-ed25519", "fingerprint": "SHA256:x", "source": source}]},
}

_alone := [{"name": "pve1", "id": 0, "local": true}]

_two := [{"name": "pve1", "id": 1, "local": true}, {"name": "pve2", "id": 2, "local": false}]

test_fires_on_a_member_of_a_cluster if {
	nodes_keep_keys.findings == {{"at": ["/system/authorized_keys/0"], "vars": {"count": 1, "others": "pve2"}}} with input as _host(_two, "/etc/pve/priv/authorized_keys:1")
}

test_silent_without_other_nodes_and_with_a_list_of_its_own if {
	count(nodes_keep_keys.findings) == 0 with input as _host(_alone, "/etc/pve/priv/authorized_keys:1")
	count(nodes_keep_keys.findings) == 0 with input as _host(_two, "/root/.ssh/authorized_keys:1")
}
