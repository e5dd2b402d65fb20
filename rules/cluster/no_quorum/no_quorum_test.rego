package rules.cluster.no_quorum_test

import data.rules.cluster.no_quorum

test_fires_without_a_majority if {
	no_quorum.findings == {{"at": ["/cluster/quorate"], "vars": {}}} with input as {"cluster": {"quorate": false}}
}

test_silent_with_one if {
	count(no_quorum.findings) == 0 with input as {"cluster": {"quorate": true}}
}

test_silent_where_it_is_not_known if {
	count(no_quorum.findings) == 0 with input as {"cluster": {"nodes": []}}
}
