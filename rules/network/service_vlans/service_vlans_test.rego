package rules.network.service_vlans_test

import data.lib.network_test
import data.rules.network.service_vlans

_host(protocol) := network_test.host({"interfaces": [network_test.interface("vmbr2", "bridge", [["bridge-vlan-aware", "yes"], ["bridge-vlan-protocol", protocol]], {"vlan_aware": true})]})

test_a_bridge_with_service_tags if {
	service_vlans.settings == {{
		"at": ["/network/interfaces/0", "/network/interfaces/0/options/1"],
		"option": ["systemd", "network", "netdevs", "10-vmbr2", "extraConfig"],
		"value": "[Bridge]\nVLANProtocol=802.1ad\n",
	}} with input as _host("802.1AD")
}

test_silent_for_ordinary_tags if {
	count(service_vlans.settings) == 0 with input as _host("802.1Q")
}
