package rules.network.wireless_test

import data.lib.network_test
import data.rules.network.wireless

test_fires_for_the_options_of_a_supplicant if {
	wireless.findings == {{"at": ["/network/interfaces/0/options/0"], "vars": {"interface": "wlo1"}}} with input as network_test.host({"interfaces": [network_test.interface("wlo1", "physical", [["wpa-ssid", "x"]], {})]})
}

test_silent_for_a_card_that_is_only_named if {
	count(wireless.findings) == 0 with input as network_test.host({"interfaces": [network_test.interface("wlo1", "physical", [], {"auto": false})]})
}

test_silent_for_authentication_over_the_wire if {
	count(wireless.findings) == 0 with input as network_test.host({"interfaces": [network_test.interface("eno1", "physical", [["wpa-driver", "wired"], ["wpa-conf", "/etc/wired.conf"]], {})]})
}
