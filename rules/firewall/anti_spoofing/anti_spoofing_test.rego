package rules.firewall.anti_spoofing_test

import data.lib.firewall_test
import data.lib.network_test
import data.rules.firewall.anti_spoofing

_host(switch, options, ipsets) := object.union(
	network_test.host({"firewall": [
		firewall_test.file("cluster", "", {"options": firewall_test.options({"enable": switch})}),
		firewall_test.file("guest", "100", {"options": firewall_test.options(object.union({"enable": "1"}, options)), "ipsets": ipsets}),
	]}),
	{"guests": [{"vmid": 100, "type": "qemu", "node": "pve1", "local": true, "config": [{"key": "net0", "value": "x", "fields": [{"name": "bridge", "value": "vmbr9"}, {"name": "firewall", "value": "1"}]}]}]},
)

test_fires_for_the_option if {
	anti_spoofing.findings == {{"at": ["/network/firewall/1/options/1"], "vars": {"guests": "100"}}} with input as _host("1", {"ipfilter": "1"}, [])
}

test_fires_for_a_set_of_addresses if {
	anti_spoofing.findings == {{"at": ["/network/firewall/1/ipsets/0"], "vars": {"guests": "100"}}} with input as _host("1", {}, [{"name": "ipfilter-net0", "entries": ["192.0.2.50"]}])
}

test_silent_for_another_set if {
	count(anti_spoofing.findings) == 0 with input as _host("1", {"ipfilter": "0"}, [{"name": "friends", "entries": ["192.0.2.50"]}])
}

test_silent_where_nothing_filters if {
	count(anti_spoofing.findings) == 0 with input as _host("0", {"ipfilter": "1"}, [])
}
