package rules.network.link_settings_test

import data.lib.network_test
import data.rules.network.link_settings

_host(options) := network_test.host({"interfaces": [network_test.interface("eno1", "physical", options, {})]})

test_fires_for_a_fixed_speed if {
	link_settings.findings == {{"at": ["/network/interfaces/0/options/0", "/network/interfaces/0/options/2"], "vars": {"interface": "eno1", "options": "link-speed 1000, rx-vlan-filter off"}}} with input as _host([["link-speed", "1000"], ["mtu", "9000"], ["rx-vlan-filter", "off"]])
}

test_silent_for_what_the_device_is if {
	count(link_settings.findings) == 0 with input as _host([["link-type", "ether"], ["mtu", "9000"]])
}

test_silent_for_a_card_that_is_told_to_do_what_it_does if {
	count(link_settings.findings) == 0 with input as _host([["link-autoneg", "on"]])
	{f.vars.options | some f in link_settings.findings} == {"link-autoneg off"} with input as _host([["link-autoneg", "off"]])
}
