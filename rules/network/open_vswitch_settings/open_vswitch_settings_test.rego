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

_bridged(key, value) := network_test.host({
	"interfaces": [network_test.interface("vmbr1", "ovs-bridge", [], {})],
	"ovs": {"options": [{"key": key, "value": value}], "bridges": [{"name": "vmbr1", "ports": ["vmbr1"]}]},
})

test_a_service_sets_them_before_the_switch_starts if {
	{s.value | some s in open_vswitch_settings.settings; s.option == ["systemd", "services", "ovs-settings", "script"]} == {"ovs-vsctl --no-wait set Open_vSwitch . 'other_config:vlan-limit=\"0\"'\n"} with input as _bridged("other_config.vlan-limit", "0")
	{b.params.closes[0] | some b in open_vswitch_settings.bridges} == {"PVE-NET-056"} with input as _bridged("other_config.vlan-limit", "0")
}

test_what_needs_more_than_words_is_not_set if {
	every pair in [["external_ids.ovn-remote", "tcp:192.0.2.1:6642"], ["other_config.dpdk-socket-mem", "1024"], ["other_config.x", "a'; reboot"], ["other_config.x y", "a"]] {
		count(open_vswitch_settings.settings) == 0 with input as _bridged(pair[0], pair[1])
	}
	count(open_vswitch_settings.settings) == 0 with input as _host("other_config.vlan-limit")
}
