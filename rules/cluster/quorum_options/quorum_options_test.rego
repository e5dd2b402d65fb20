package rules.cluster.quorum_options_test

import data.rules.cluster.quorum_options

_host(lines, value) := {"cluster": {"nodes": [], "corosync": array.concat(
	[
		{"key": "quorum.wait_for_all", "value": value},
		{"key": "quorum.last_man_standing", "value": value},
	],
	lines,
)}}

test_fires_on_options_that_are_set if {
	quorum_options.findings == {{"at": ["/cluster/corosync/0", "/cluster/corosync/1"], "vars": {"options": "last_man_standing, wait_for_all"}}} with input as _host([], "1")
}

test_silent_where_they_are_switched_off if {
	count(quorum_options.findings) == 0 with input as _host([], "0")
}

test_silent_beside_two_node_which_has_a_finding_of_its_own if {
	count(quorum_options.findings) == 0 with input as _host([{"key": "quorum.two_node", "value": "1"}], "1")
}
