package rules.cluster.incomplete_node_test

import data.rules.cluster.incomplete_node

_host(lines) := {"cluster": {"nodes": [], "corosync": array.concat(
	[
		{"key": "nodelist.node.0.name", "value": "pve1"},
		{"key": "nodelist.node.0.nodeid", "value": "1"},
		{"key": "nodelist.node.0.ring0_addr", "value": "10.0.0.1"},
		{"key": "nodelist.node.1.name", "value": "pve2"},
		{"key": "nodelist.node.1.nodeid", "value": "2"},
	],
	lines,
)}}

test_fires_on_an_entry_without_an_address if {
	incomplete_node.findings == {{"at": ["/cluster/corosync/3", "/cluster/corosync/4"], "vars": {"what": "entry 1 lacks ring0_addr"}}} with input as _host([])
}

test_names_everything_that_is_missing if {
	{f.vars.what | some f in incomplete_node.findings} == {"entry 1 lacks nodeid and ring0_addr"} with input as json.remove(_host([]), ["/cluster/corosync/4"])
}

test_silent_where_the_address_is_on_another_link if {
	count(incomplete_node.findings) == 0 with input as _host([{"key": "nodelist.node.1.ring1_addr", "value": "10.1.0.2"}])
}
