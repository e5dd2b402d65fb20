package rules.network.port_authentication_test

import data.lib.network_test
import data.rules.network.port_authentication

_host(driver) := network_test.host({"interfaces": [network_test.interface("eno1", "physical", [["wpa-driver", driver], ["wpa-conf", "/etc/wpa_supplicant/wired.conf"]], {})]})

test_fires_on_the_wire if {
	port_authentication.findings == {{"at": ["/network/interfaces/0/options/0", "/network/interfaces/0/options/1"], "vars": {"interface": "eno1"}}} with input as _host("wired")
}

test_silent_over_the_air if {
	count(port_authentication.findings) == 0 with input as _host("nl80211")
}
