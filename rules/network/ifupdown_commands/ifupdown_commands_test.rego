package rules.network.ifupdown_commands_test

import data.lib.network_test
import data.rules.network.ifupdown_commands

_host(status) := object.union(
	network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {})]}),
	{"packages": [{"name": "ifupdown2", "version": "3.3.0", "status": status}]},
)

_text(call) := [s.value | some s in ifupdown_commands.settings; s.option == ["environment", "etc", sprintf("ifupdown/%s", [call]), "text"]][0]

test_each_command_is_found_by_its_name if {
	found := ifupdown_commands.settings with input as _host("installed")
	{"at": ["/packages/0"], "option": ["environment", "etc", "ifupdown/ifreload", "mode"], "value": "0755"} in found
	{"at": ["/packages/0"], "option": ["environment", "profiles"], "value": ["/usr/local"]} in found
	{"at": ["/packages/0"], "option": ["systemd", "tmpfiles", "rules"], "value": ["L /usr/local/bin/ifdown - - - - /etc/ifupdown/ifdown"]} in found
	ifupdown_commands.bridges == {{"at": ["/packages/0"], "bridge": "network", "params": {"commands": "ifdown ifquery ifreload ifup"}}} with input as _host("installed")
}

test_nobody_takes_all_interfaces_down if {
	contains(_text("ifdown"), "would cut this host off") with input as _host("installed")
}

test_silent_where_ifupdown2_was_removed if {
	count(ifupdown_commands.settings) + count(ifupdown_commands.bridges) == 0 with input as _host("config-files")
}

test_silent_without_a_network if {
	count(ifupdown_commands.settings) == 0 with input as object.union(_host("installed"), {"network": {"interfaces": []}})
}
