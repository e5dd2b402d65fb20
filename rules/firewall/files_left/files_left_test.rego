package rules.firewall.files_left_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.files_left

_host(scope, name, enable) := object.union(
	network_test.host({"firewall": [firewall_test.file(scope, name, {"options": firewall_test.options({"enable": enable})})]}),
	{"guests": []},
)

test_fires_on_files_that_are_off_and_on_those_of_other_nodes if {
	expected := {{"at": ["/network/firewall/0/options/0"], "vars": {"count": 1}}}
	files_left.findings == expected with input as _host("cluster", "", "0")
	files_left.findings == expected with input as _host("node", "pve2", "1")
}

test_silent_on_a_filter_in_force if {
	count(files_left.findings) == 0 with input as _host("cluster", "", "1")
}
