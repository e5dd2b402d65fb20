package rules.cluster.old_transport_test

import data.rules.cluster.old_transport

_host(transport) := {"cluster": {"nodes": [], "corosync": [{"key": "totem.version", "value": "2"}, {"key": "totem.transport", "value": transport}]}}

test_fires_on_unicast_of_the_old_kind if {
	old_transport.findings == {{"at": ["/cluster/corosync/1"], "vars": {"transport": "udpu"}}} with input as _host("udpu")
}

test_silent_on_the_default_that_somebody_wrote_out if {
	count(old_transport.findings) == 0 with input as _host("knet")
}
