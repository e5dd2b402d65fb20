package rules.cluster.membership_test

import data.rules.cluster.membership

_host(nodes) := {"cluster": {"nodes": nodes, "corosync": [{"key": "totem.version", "value": "2"}]}}

_two := [{"name": "pve2", "id": 2, "local": false}, {"name": "pve1", "id": 1, "local": true}]

test_a_member_of_a_cluster_keeps_its_key if {
	membership.carries == {
		{"at": ["/cluster/nodes/1"], "path": "/etc/corosync/authkey", "to": "/etc/corosync/authkey", "mode": "0400", "secret": true},
		{"at": ["/cluster/nodes/1"], "path": "/etc/corosync/corosync.conf", "to": "/etc/corosync/corosync.conf", "mode": "0644", "secret": false},
	} with input as _host(_two)
	membership.bridges == {{"at": ["/cluster/nodes/1"], "bridge": "cluster", "params": {"node": 1}}} with input as _host(_two)
}

test_it_must_be_quorate if {
	{[c.check, c.required] | some c in membership.checks} == {["quorate", true], ["unit-active", true]} with input as _host(_two)
}

test_the_only_node_left_is_no_cluster_to_look_at if {
	count(membership.checks) == 0 with input as _host([_two[1]])
	count(membership.bridges) == 1 with input as _host([_two[1]])
}

test_silent_on_a_host_without_corosync if {
	host := {"cluster": {"nodes": [{"name": "pve", "local": true}], "corosync": []}}
	count(membership.carries) == 0 with input as host
	count(membership.bridges) == 0 with input as host
}

test_a_node_that_corosync_does_not_list_brings_the_files_alone if {
	host := _host([_two[0], {"name": "pve9", "local": true}])
	[c.at | some c in membership.carries] == [[], []] with input as host
	count(membership.bridges) == 0 with input as host
}
