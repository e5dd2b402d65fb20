package rules.cluster.single_link_test

import data.rules.cluster.single_link

_host(links, nodes) := {"cluster": {
	"links": links,
	"nodes": array.slice([{"name": "pve1", "local": true, "addresses": ["10.0.0.1"]}, {"name": "pve2", "local": false, "addresses": ["10.0.0.2"]}], 0, nodes),
}}

test_fires_on_one_link if {
	single_link.findings == {{"at": ["/cluster/nodes/0"], "vars": {"address": "10.0.0.1"}}} with input as _host([0], 2)
}

test_silent_on_two_links if {
	count(single_link.findings) == 0 with input as _host([0, 1], 2)
}

test_silent_on_a_host_of_its_own if {
	count(single_link.findings) == 0 with input as _host([0], 1)
}
