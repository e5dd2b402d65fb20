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

_with(lines) := object.union(_host("wired"), {"config_files": [{"path": "/etc/wpa_supplicant/wired.conf", "properties": lines}]})

_conf := [{"key": "network=.eap", "value": "TLS", "fields": []}, {"key": "network=.private_key", "value": `"/etc/wpa_supplicant/host.key"`, "fields": []}]

test_the_same_file_goes_to_the_same_supplicant if {
	{[s.option, s.value] | some s in port_authentication.settings} == {
		[["networking", "supplicant", "eno1", "driver"], "wired"],
		[["networking", "supplicant", "eno1", "configFile", "path"], "/etc/wpa_supplicant/wired.conf"],
	} with input as _with(_conf)
	{[c.path, c.to, c.mode] | some c in port_authentication.carries} == {
		["/etc/wpa_supplicant/wired.conf", "/etc/wpa_supplicant/wired.conf", "0600"],
		["/etc/wpa_supplicant/host.key", "/etc/wpa_supplicant/host.key", "0600"],
	} with input as _with(_conf)
	{b.params.closes[0] | some b in port_authentication.bridges} == {"PVE-NET-042"} with input as _with(_conf)
	{c.params.unit | some c in port_authentication.checks} == {"supplicant-eno1.service"} with input as _with(_conf)
}

test_a_certificate_that_is_not_carried_keeps_it_back if {
	every text in ["/etc/ssl/certs/ca.pem", "/etc/wpa_supplicant/../shadow", "blob://x"] {
		count(port_authentication.bridges) == 0 with input as _with([{"key": "network=.ca_cert", "value": text, "fields": []}])
	}
	count(port_authentication.bridges) == 0 with input as _host("wired")
}
