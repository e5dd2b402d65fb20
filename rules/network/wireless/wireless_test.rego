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

_air(options) := object.union(
	network_test.host({"interfaces": [network_test.interface("wlo1", "physical", options, {})]}),
	{"config_files": [{"path": "/etc/wpa_supplicant/home.conf", "properties": [{"key": "network=.ssid", "value": "x", "fields": []}]}]},
)

test_a_file_of_its_own_is_carried if {
	facts := _air([["wpa-conf", "/etc/wpa_supplicant/home.conf"]])
	{s.value | some s in wireless.settings} == {"nl80211", "/etc/wpa_supplicant/home.conf"} with input as facts
	{c.path | some c in wireless.carries} == {"/etc/wpa_supplicant/home.conf"} with input as facts
	{b.params.closes[0] | some b in wireless.bridges} == {"PVE-NET-023"} with input as facts
	count(wireless.checks) == 1 with input as facts
}

test_a_key_in_the_stanza_is_not_kept if {
	count(wireless.bridges) == 0 with input as _air([["wpa-conf", "/etc/wpa_supplicant/home.conf"], ["wpa-ssid", "y"]])
	count(wireless.bridges) == 0 with input as _air([["wpa-conf", "/etc/wpa_supplicant/home.conf"], ["wpa-driver", "madwifi"]])
	count(wireless.bridges) == 0 with input as _air([["wpa-ssid", "y"]])
}
