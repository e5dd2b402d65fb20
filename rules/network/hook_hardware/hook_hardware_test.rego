package rules.network.hook_hardware_test

import data.lib.network_test
import data.rules.network.hook_hardware

_host(line) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["post-up", line]], {})]})

test_fires_for_what_is_not_understood if {
	hook_hardware.findings == {{"at": ["/network/interfaces/0/options/0"], "vars": {"interface": "vmbr0", "command": "ethtool -K eno1 tso off", "count": 1}}} with input as _host("ethtool -K eno1 tso off")
}

test_silent_for_a_line_that_is_translated if {
	count(hook_hardware.findings) == 0 with input as _host("echo 1 > /proc/sys/net/ipv4/ip_forward")
}

test_silent_for_another_topic if {
	count(hook_hardware.findings) == 0 with input as _host("/usr/local/sbin/tune")
}
