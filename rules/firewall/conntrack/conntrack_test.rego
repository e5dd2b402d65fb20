package rules.firewall.conntrack_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.conntrack

_host(cluster, value) := network_test.host({"firewall": [
	firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": cluster})}),
	firewall_test.file("node", "pve1", {"options": firewall_test.options({"nf_conntrack_max": value})}),
]})

test_sets_the_size_of_the_table if {
	{s.value | some s in conntrack.settings; s.option == ["boot", "kernel", "sysctl", "net.netfilter.nf_conntrack_max"]} == {524288} with input as _host("1", "524288")
}

test_leaves_it_when_the_firewall_is_off if {
	count(conntrack.settings) == 0 with input as _host("0", "524288")
}

test_leaves_what_is_no_number if {
	count(conntrack.settings) == 0 with input as _host("1", "${x}")
}

test_leaves_a_key_that_sysctl_sets_otherwise if {
	count(conntrack.settings) == 0 with input as object.union(_host("1", "524288"), {"system": {"sysctl": [{"key": "net.netfilter.nf_conntrack_max", "value": "1000", "fields": [], "source": "/etc/sysctl.d/a.conf:1"}]}})
}
