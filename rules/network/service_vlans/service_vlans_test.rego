package rules.network.service_vlans_test

import data.lib.network_test
import data.rules.network.service_vlans

_host(protocol) := network_test.host({"interfaces": [network_test.interface("vmbr2", "bridge", [["bridge-vlan-aware", "yes"], ["bridge-vlan-protocol", protocol]], {"vlan_aware": true})]})

test_fires_for_service_tags if {
	service_vlans.findings == {{"at": ["/network/interfaces/0/options/1"], "vars": {"bridges": "vmbr2"}}} with input as _host("802.1ad")
}

test_silent_for_ordinary_tags if {
	count(service_vlans.findings) == 0 with input as _host("802.1Q")
}
