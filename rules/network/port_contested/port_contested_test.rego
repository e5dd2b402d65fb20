package rules.network.port_contested_test

import data.lib.network_test
import data.rules.network.port_contested

test_fires_for_two_masters if {
	port_contested.findings == {{"at": ["/network/interfaces/0", "/network/interfaces/1"], "vars": {"port": "eno1", "masters": "vmbr0, vmbr1", "kept": "vmbr0"}}} with input as network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {"ports": ["eno1"]}), network_test.interface("vmbr1", "bridge", [], {"ports": ["eno1"]})]})
}

test_silent_for_one if {
	count(port_contested.findings) == 0 with input as network_test.host({"interfaces": network_test.bridged})
}
