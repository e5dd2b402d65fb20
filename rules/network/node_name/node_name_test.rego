package rules.network.node_name_test

import data.lib.network_test
import data.rules.network.node_name

_host(lines) := network_test.host({"hosts": [{"address": l[0], "names": l[1]} | some l in lines]})

test_fires_when_the_name_is_the_loopback if {
	node_name.findings == {{"at": ["/network/hosts/0"], "vars": {"node": "pve1", "address": "127.0.1.1"}}} with input as _host([["127.0.1.1", ["pve1.example.com", "pve1"]]])
}

test_silent_when_the_address_is_there_too if {
	count(node_name.findings) == 0 with input as _host([["127.0.1.1", ["pve1"]], ["192.0.2.10", ["pve1"]]])
}

test_silent_when_the_file_does_not_speak_of_the_node if {
	count(node_name.findings) == 0 with input as _host([["127.0.0.1", ["localhost"]]])
}
