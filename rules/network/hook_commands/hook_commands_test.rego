package rules.network.hook_commands_test

import data.lib.network_test
import data.rules.network.hook_commands

_host(line) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["post-up", line]], {})]})

test_fires_for_what_is_not_understood if {
	hook_commands.findings == {{"at": ["/network/interfaces/0/options/0"], "vars": {"interface": "vmbr0", "command": "/usr/local/sbin/tune $IFACE", "count": 1}}} with input as _host("/usr/local/sbin/tune $IFACE")
}

test_silent_for_a_line_that_is_translated if {
	count(hook_commands.findings) == 0 with input as _host("ip route add 10.0.0.0/8 via 192.0.2.1")
}

test_silent_for_another_topic if {
	count(hook_commands.findings) == 0 with input as _host("ethtool -K eno1 tso off")
}
