package rules.cluster.timeouts_test

import data.rules.cluster.timeouts

_host(token) := {"cluster": {"nodes": [], "corosync": [{"key": "totem.token", "value": token}, {"key": "totem.token_coefficient", "value": "650"}, {"key": "totem.version", "value": "2"}]}}

test_fires_on_a_token_of_its_own if {
	timeouts.findings == {{"at": ["/cluster/corosync/0"], "vars": {"settings": "token 10000"}}} with input as _host("10000")
}

test_silent_on_the_default_that_somebody_wrote_out if {
	count(timeouts.findings) == 0 with input as _host("3000")
}

test_silent_on_what_pvecm_writes_into_a_new_cluster if {
	count(timeouts.findings) == 0 with input as {"cluster": {"nodes": [], "corosync": [{"key": "totem.token_coefficient", "value": "125"}]}}
	count(timeouts.findings) == 1 with input as {"cluster": {"nodes": [], "corosync": [{"key": "totem.token_coefficient", "value": "1000"}]}}
}
