package rules.network.mac_learning_test

import data.lib.network_test
import data.rules.network.mac_learning

_host(value) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["bridge-stp", "off"], ["bridge-disable-mac-learning", value]], {})]})

test_fires_where_learning_is_off if {
	mac_learning.findings == {{"at": ["/network/interfaces/0/options/1"], "vars": {"bridges": "vmbr0"}}} with input as _host("1")
}

test_silent_where_the_line_says_no if {
	count(mac_learning.findings) == 0 with input as _host("0")
}
