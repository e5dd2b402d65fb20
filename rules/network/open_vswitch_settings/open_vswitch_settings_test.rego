package rules.network.open_vswitch_settings_test

import data.lib.network_test
import data.rules.network.open_vswitch_settings

_host(key) := network_test.host({"ovs": {"options": [{"key": "external_ids.hostname", "value": "pve1"}, {"key": key, "value": "0"}], "bridges": [{"name": "vmbr1", "ports": ["vmbr1"]}]}})

test_fires_for_what_decides if {
	open_vswitch_settings.findings == {{"at": ["/network/ovs/options/1"], "vars": {"settings": "other_config.vlan-limit"}}} with input as _host("other_config.vlan-limit")
}

test_fires_for_a_node_of_ovn if {
	count(open_vswitch_settings.findings) == 1 with input as _host("external_ids.ovn-remote")
}

test_silent_for_what_it_notes_of_itself if {
	count(open_vswitch_settings.findings) == 0 with input as _host("external_ids.system-id")
}
