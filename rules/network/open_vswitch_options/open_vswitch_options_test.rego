package rules.network.open_vswitch_options_test

import data.lib.network_test
import data.rules.network.open_vswitch_options

_host(text) := network_test.host({"interfaces": [
	network_test.interface("vmbr0", "ovs-bridge", [], {"ports": ["eno1"]}),
	network_test.interface("eno1", "ovs-port", [["ovs-options", text]], {"ovs_bridge": "vmbr0"}),
]})

test_fires_for_words_that_are_not_known if {
	open_vswitch_options.findings == {{"at": ["/network/interfaces/1/options/0"], "vars": {"interface": "eno1", "option": "ovs-options"}}} with input as _host("tag=5 qos=@new -- --id=@new create qos")
}

test_silent_for_trunks if {
	count(open_vswitch_options.findings) == 0 with input as _host("trunks=10,20")
}

test_silent_for_a_tag if {
	count(open_vswitch_options.findings) == 0 with input as _host("tag=5")
}
