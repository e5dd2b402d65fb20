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

_stanza(lines) := network_test.host({"interfaces": [object.union(
	network_test.interface("wlo1", "physical", [], {}),
	{"options": [object.union({"key": line[0], "fields": [], "source": line[2]}, {"value": line[1]}) | some line in lines]},
)]})

_home := [["wpa-ssid", "home", "/etc/network/interfaces:9"], ["wpa-psk", "", "/etc/network/interfaces:10"]]

test_a_name_and_a_key_in_the_stanza_are_read_from_its_file if {
	found := {concat(".", s.option): s.value | some s in wireless.settings} with input as _stanza(_home)
	found["networking.supplicant.wlo1.configFile.path"] == "/run/supplicant/wlo1.conf"
	startswith(found["systemd.services.supplicant-file-wlo1.script"], "umask 077\nmkdir -p /run/supplicant\ngawk -v name=wlo1 '\n$1 ==")
	endswith(found["systemd.services.supplicant-file-wlo1.script"], "' /var/lib/pve2nix/etc/network/interfaces > /run/supplicant/wlo1.conf\n")
	{c.to | some c in wireless.carries} == {"/var/lib/pve2nix/etc/network/interfaces"} with input as _stanza(_home)
	{b.params.closes[0] | some b in wireless.bridges} == {"PVE-NET-023"} with input as _stanza(_home)
	count(wireless.checks) == 1 with input as _stanza(array.concat(_home, [["wpa-ap-scan", "1", "x:1"], ["mtu", "1400", "x:2"]]))
}

test_a_stanza_with_other_words_is_not_kept if {
	every lines in [
		array.concat(_home, [["wpa-eap", "PEAP", "/etc/network/interfaces:11"]]),
		array.concat(_home, [["wireless-essid", "x", "/etc/network/interfaces:11"]]),
		array.concat(_home, [["wpa-ap-scan", "2", "/etc/network/interfaces:11"]]),
		array.concat(_home, [["wpa-driver", "madwifi", "/etc/network/interfaces:11"]]),
		[_home[0]],
		[_home[0], ["wpa-psk", "", "/etc/network/interfaces.d/other:1"]],
		[["wpa-ssid", "x", "/tmp/x; reboot:1"], ["wpa-psk", "", "/tmp/x; reboot:2"]],
	] {
		count(wireless.bridges) + count(wireless.settings) == 0 with input as _stanza(lines)
	}
}
