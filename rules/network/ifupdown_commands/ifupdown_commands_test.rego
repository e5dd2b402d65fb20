package rules.network.ifupdown_commands_test

import data.lib.network_test
import data.rules.network.ifupdown_commands

_host(status) := object.union(
	network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [], {})]}),
	{"packages": [{"name": "ifupdown2", "version": "3.3.0", "status": status}]},
)

_of(option) := [s.value | some s in ifupdown_commands.settings; s.option == option][0]

test_each_command_is_found_by_its_name if {
	_of(["systemd", "tmpfiles", "rules"]) == [
		"L /usr/local/bin/ifdown - - - - /etc/ifupdown/commands",
		"L /usr/local/bin/ifquery - - - - /etc/ifupdown/commands",
		"L /usr/local/bin/ifreload - - - - /etc/ifupdown/commands",
		"L /usr/local/bin/ifup - - - - /etc/ifupdown/commands",
	] with input as _host("installed")
	ifupdown_commands.bridges == {{"at": ["/packages/0"], "bridge": "network", "params": {"commands": "ifdown ifquery ifreload ifup"}}} with input as _host("installed")
}

test_nobody_takes_all_interfaces_down if {
	contains(_of(["environment", "etc", "ifupdown/commands", "text"]), "would cut this host off") with input as _host("installed")
}

test_silent_where_ifupdown2_was_removed if {
	count(ifupdown_commands.settings) + count(ifupdown_commands.bridges) == 0 with input as _host("config-files")
}

test_silent_without_a_network if {
	count(ifupdown_commands.settings) == 0 with input as object.union(_host("installed"), {"network": {"interfaces": []}})
}
