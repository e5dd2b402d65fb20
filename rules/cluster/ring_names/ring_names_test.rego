package rules.cluster.ring_names_test

import data.rules.cluster.ring_names

_host(address) := {"cluster": {"nodes": [{"name": "pve1", "addresses": ["10.0.0.1", "fd00::1"]}, {"name": "pve2", "addresses": [address]}]}}

test_fires_on_a_name if {
	ring_names.findings == {{"at": ["/cluster/nodes/1"], "vars": {"names": "pve2.example.net"}}} with input as _host("pve2.example.net")
}

test_silent_on_addresses if {
	count(ring_names.findings) == 0 with input as _host("10.0.0.2")
}
