package rules.network.hook_filter_test

import data.lib.network_test
import data.rules.network.hook_filter

_host(line) := network_test.host({"interfaces": [network_test.interface("vmbr0", "bridge", [["post-up", line]], {})]})

test_fires_for_what_is_not_understood if {
	hook_filter.findings == {{"at": ["/network/interfaces/0/options/0"], "vars": {"interface": "vmbr0", "command": "iptables -A FORWARD -i vmbr0 -j DROP", "count": 1}}} with input as _host("iptables -A FORWARD -i vmbr0 -j DROP")
}

test_silent_for_a_line_that_is_translated if {
	count(hook_filter.findings) == 0 with input as _host("iptables -t nat -A POSTROUTING -s '10.0.0.0/24' -o vmbr0 -j MASQUERADE")
}

test_silent_for_another_topic if {
	count(hook_filter.findings) == 0 with input as _host("/usr/local/sbin/tune")
}

test_silent_for_lines_with_a_finding_of_their_own if {
	count(hook_filter.findings) == 0 with input as _host("iptables -t raw -I PREROUTING -i fwbr+ -j CT --zone 1")
}
